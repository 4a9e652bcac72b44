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
    [
      'GET',
      '/changes?since=7&repository=r1&of=runs',
      signal =>
        client.getChanges(
          { since: 7, repository: 'r1', of: 'runs' },
          { signal },
        ),
    ],
    [
      'GET',
      '/repositories/r1/runs?branch=main&branch=a%2Fb&state=failed&limit=5',
      signal =>
        client.listRuns(
          'r1',
          { subpath: '', branch: ['main', 'a/b'], state: ['failed'], limit: 5 },
          { signal },
        ),
    ],
    [
      'GET',
      '/runs/a1?offset=200&limit=200',
      signal => client.getRun('a1', { offset: 200, limit: 200 }, { signal }),
    ],
    [
      'GET',
      '/runs/a1/jobs/x%2Fy/log',
      signal => client.getLog('a1', 'x/y', { signal }),
    ],
    ['POST', '/runs/a1/cancel', signal => client.cancelRun('a1', { signal })],
    [
      'GET',
      '/repositories/r1/pipelines?subpath=x&days=7',
      signal =>
        client.getPipelines('r1', { subpath: 'x', days: 7 }, { signal }),
    ],
    [
      'GET',
      '/pipelines?days=7&owner=group%3Adefault%2Fa',
      signal =>
        client.getFleetPipelines(
          { days: 7, owner: 'group:default/a' },
          { signal },
        ),
    ],
    ['GET', '/sources', signal => client.getSources({ signal })],
    [
      'GET',
      '/sources/deliveries?state=failed',
      signal => client.listDeliveries({ state: 'failed' }, { signal }),
    ],
    [
      'POST',
      '/sources/deliveries/12/retry',
      signal => client.retryDelivery('12', { signal }),
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

  it('says in the body whether only what failed is to run again', async () => {
    respond(202, { accepted: true, runId: 'a1' });
    await client.rerunRun('a1', { failedOnly: true });
    expect(fetch).toHaveBeenCalledWith(
      'http://localhost:7007/api/fettle/runs/a1/rerun',
      {
        method: 'POST',
        signal: undefined,
        body: '{"failedOnly":true}',
        headers: { 'content-type': 'application/json' },
      },
    );
  });

  it('gives what fits the schema', async () => {
    const changes = { revision: 3, items: [], reset: false, changed: false };
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
