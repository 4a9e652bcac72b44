import { FettleClient } from './FettleClient';

const fetch = jest.fn<Promise<Response>, [string, RequestInit]>();
const client = new FettleClient({
  discoveryApi: { getBaseUrl: async id => `http://localhost:7007/api/${id}` },
  fetchApi: { fetch: fetch as unknown as typeof globalThis.fetch },
});

function respond(status: number, body: unknown, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  fetch.mockResolvedValue({
    ok: status < 400,
    status,
    statusText: `status ${status}`,
    headers: new Map([['content-type', type]]),
    text: async () => text,
    json: async () => JSON.parse(text),
  } as unknown as Response);
}

describe('FettleClient', () => {
  beforeEach(() => fetch.mockReset());

  it.each<[string, string, (signal: AbortSignal) => Promise<unknown>]>([
    [
      'GET',
      '/repositories?owner=group%3Adefault%2Fa&owner=group%3Adefault%2Fb&sort=name&limit=5',
      signal =>
        client.listRepositories(
          {
            owner: ['group:default/a', 'group:default/b'],
            system: undefined,
            sort: 'name',
            limit: 5,
          },
          { signal },
        ),
    ],
    [
      'GET',
      '/repositories/a%2F..%2Fb?subpath=services%2Fapi',
      signal =>
        client.getRepository('a/../b', { subpath: 'services/api' }, { signal }),
    ],
    [
      'GET',
      '/repositories/r1',
      signal => client.getRepository('r1', { subpath: '' }, { signal }),
    ],
    [
      'GET',
      '/repositories/r1/history?subpath=x&days=30',
      signal => client.getHistory('r1', { subpath: 'x', days: 30 }, { signal }),
    ],
    [
      'GET',
      '/activity?limit=3',
      signal => client.getActivity({ limit: 3 }, { signal }),
    ],
    [
      'GET',
      '/changes?since=7&repository=r1',
      signal => client.getChanges({ since: 7, repository: 'r1' }, { signal }),
    ],
    ['GET', '/fleet', signal => client.getFleet({ signal })],
    [
      'GET',
      '/entities/component/default/ledger',
      signal => client.getEntity('Component:ledger', { signal }),
    ],
    ['GET', '/checks', signal => client.getChecks({ signal })],
    [
      'POST',
      '/repositories/r1/refresh',
      signal => client.refresh('r1', { signal }),
    ],
  ])('asks %s %s, and can be stopped', async (method, path, send) => {
    respond(200, { nothing: 'that fits' });
    const { signal } = new AbortController();
    await expect(send(signal)).rejects.toThrow('unexpected form');
    expect(fetch).toHaveBeenCalledWith(
      `http://localhost:7007/api/fettle${path}`,
      { method, signal },
    );
  });

  it('gives what fits the schema', async () => {
    const changes = { revision: 3, items: [], reset: false };
    respond(200, changes);
    await expect(client.getChanges({ since: 1 })).resolves.toEqual(changes);
  });

  it('names the route and the place of what does not fit', async () => {
    respond(200, { revision: 'three', items: [], reset: false });
    await expect(client.getChanges({ since: 1 })).rejects.toMatchObject({
      name: 'UnexpectedAnswerError',
      message: expect.stringMatching(
        /^GET \/api\/fettle\/changes answered in an unexpected form at 'revision': .*number/,
      ),
    });
  });

  it('names the route of what is no JSON', async () => {
    respond(200, '<html>', 'text/html');
    await expect(client.getFleet()).rejects.toMatchObject({
      name: 'UnexpectedAnswerError',
      message: expect.stringContaining(
        'GET /api/fettle/fleet did not answer in JSON',
      ),
    });
  });

  it.each([401, 403, 404, 500])(
    'gives a ResponseError with status %s',
    async status => {
      respond(status, {
        error: { name: 'SomeError', message: 'what happened' },
        response: { statusCode: status },
      });
      await expect(client.getRepository('r1')).rejects.toMatchObject({
        name: 'ResponseError',
        statusCode: status,
        cause: { message: 'what happened' },
      });
    },
  );

  it('passes on that nobody answered', async () => {
    fetch.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(client.getChecks()).rejects.toThrow('Failed to fetch');
  });
});
