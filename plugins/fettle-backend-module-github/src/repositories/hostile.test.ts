import type { RepositorySource } from 'backstage-plugin-fettle-node';
import type { Misbehaviour } from '../testing/FakeGithub';
import { FakeHost } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor, TOKEN } from '../testing/sourceFor';

jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';
const HTML = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Be right back</h1>',
};
const errors = (type: string, data: object | null = { repository: null }) => ({
  status: 200,
  body: JSON.stringify({ data, errors: [{ type, message: 'No.' }] }),
});

let host: FakeHost;
let repository: HostedRepository;
let commit: string;
beforeEach(async () => {
  host = await FakeHost.start();
  repository = host.create('payments/ledger');
  commit = await repository.commit({ at: AT, files: { a: 'a' } });
});
afterEach(() => host.stop());

const failure = (reading: Promise<unknown>): Promise<any> =>
  reading.then(
    () => undefined,
    error => error,
  );

describe.each<[string, Misbehaviour, string]>([
  ['revoked credentials', { status: 401, body: '{}' }, 'unauthorized'],
  ['a missing right', { status: 403, body: '{}' }, 'unauthorized'],
  [
    'a limit that is reached',
    {
      status: 403,
      headers: {
        ...{ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0' },
        'x-ratelimit-reset': '4102444800',
      },
      body: '{"message":"API rate limit exceeded"}',
    },
    'rate-limited',
  ],
  [
    'a secondary limit',
    { status: 403, body: '{"message":"You exceeded a secondary rate limit"}' },
    'rate-limited',
  ],
  ['HTML in place of JSON', HTML, 'corrupt'],
  ['JSON of another form', { status: 200, body: '[1]' }, 'corrupt'],
  ['half an answer', 'half', 'corrupt'],
  ['an error of its own', { status: 500, body: '{}' }, 'failed'],
  ['a gateway that waits for it', { status: 502, body: '<html>' }, 'failed'],
])('a host with %s', (_, misbehaviour, code) => {
  beforeEach(() => {
    host.misbehaviour = misbehaviour;
  });

  it.each<[string, (source: RepositorySource) => Promise<unknown>]>([
    ['a snapshot', source => source.snapshot(repository.location, { signal })],
    [
      'a tree',
      source => source.readTree(repository.location, commit, { signal }),
    ],
    [
      'a commit',
      source => source.readCommit!(repository.location, commit, { signal }),
    ],
  ])('fails %s with its reason', async (__, read) => {
    const error = await failure(read(sourceFor(host).source));
    expect(error).toMatchObject({ name: 'SourceError', code });
    expect(error.message).toContain(repository.location.remote);
    expect(error.action).not.toBe('');
    expect(`${error.message} ${error.action}`).not.toContain(TOKEN);
  });

  it('fails discovery with its reason', async () => {
    const { source } = sourceFor(host, { organizations: ['payments'] });
    const { repositories, problems } = await source.discover({ signal });
    expect(repositories).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toContain('payments');
  });
});

const snapshotOf = (source: ReturnType<typeof sourceFor>['source']) =>
  source.snapshot(repository.location, { signal });

it.each([
  ['NOT_FOUND', 'not-found'],
  ['FORBIDDEN', 'unauthorized'],
  ['RATE_LIMITED', 'rate-limited'],
  ['RATE_LIMIT', 'rate-limited'],
  ['SOMETHING_NEW', 'failed'],
])('a query that is answered with %s is %s', async (type, code) => {
  host.misbehaviour = errors(type);
  const { source } = sourceFor(host);
  expect(await failure(snapshotOf(source))).toMatchObject({ code });
});

it('a query that went wrong as a whole says why', async () => {
  host.misbehaviour = errors('INTERNAL', null);
  const error = await failure(snapshotOf(sourceFor(host).source));
  expect(error).toMatchObject({ code: 'failed' });
  expect(error.message).toContain('No.');
});

it('a host whose limit is reached is asked nothing more, and others go on', async () => {
  const other = await FakeHost.start();
  try {
    const elsewhere = other.create('payments/ledger');
    await elsewhere.commit({ at: AT });
    host.misbehaviour = { status: 429, headers: { 'retry-after': '30' } };
    const { source, budgets } = sourceFor(host);
    const first = await failure(snapshotOf(source));
    expect(first.code).toBe('rate-limited');
    const [status] = budgets.status();
    expect(status.state).toBe('waiting');
    host.misbehaviour = undefined;
    expect(await failure(snapshotOf(source))).toMatchObject({
      code: 'rate-limited',
    });
    expect(host.queries).toEqual([]);
    const { head } = await sourceFor(other).source.snapshot(
      ...([elsewhere.location, { signal }] as const),
    );
    expect(head).not.toBeNull();
  } finally {
    await other.stop();
  }
});

it('the share that is left for people is not touched', async () => {
  const headers = {
    ...{ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '1000' },
    'x-ratelimit-reset': String(Date.now() / 1000 + 3600),
    'x-ratelimit-resource': 'graphql',
  };
  host.misbehaviour = { status: 404, headers, body: '{}' };
  const { source, budgets } = sourceFor(host);
  await failure(snapshotOf(source));
  expect(budgets.status()[0]).toMatchObject({ limit: 5000, remaining: 1000 });
  expect(await failure(snapshotOf(source))).toMatchObject({
    code: 'rate-limited',
    message: expect.stringContaining('kept for people'),
  });
});

it('a host that never answers is given up', async () => {
  host.misbehaviour = 'never';
  const { source } = sourceFor(host);
  const reading = source.snapshot(repository.location, {
    signal: AbortSignal.timeout(100),
  });
  expect(await failure(reading)).toMatchObject({ code: 'timeout' });
});

it('a host that is not there is unreachable', async () => {
  const { source } = sourceFor({
    ...{ name: host.name, apiBaseUrl: 'http://127.0.0.1:1/api/v3' },
  });
  expect(await failure(snapshotOf(source))).toMatchObject({
    code: 'unreachable',
  });
});

it('a reading that is withdrawn says nothing against the host', async () => {
  const { source, budgets } = sourceFor(host);
  await source.snapshot(repository.location, { signal });
  const late = new AbortController();
  host.misbehaviour = 'never';
  const reading = failure(
    source.snapshot(repository.location, { signal: late.signal }),
  );
  late.abort();
  expect(await reading).toMatchObject({ code: 'timeout' });
  expect(budgets.status()[0].state).toBe('ok');
});

it('a tree that names a file outside of the repository is refused', async () => {
  const entry = { mode: '100644', type: 'blob', sha: 'a'.repeat(40), size: 1 };
  const tree = [{ ...entry, path: '../../etc/passwd' }];
  const body = JSON.stringify({ truncated: false, tree });
  host.instead.push([/\/git\/trees\//, { status: 200, body }]);
  const { source } = sourceFor(host);
  const reading = source.readTree(repository.location, commit, { signal });
  expect(await failure(reading)).toMatchObject({ code: 'corrupt' });
});

it('what is no commit is not asked for', async () => {
  const { source } = sourceFor(host);
  const { location } = repository;
  for (const odd of ['main', '../../user', '--all', '']) {
    const reading = source.readTree(location, odd, { signal });
    expect(await failure(reading)).toMatchObject({ code: 'invalid' });
  }
  expect(host.recorded).toEqual([]);
});

it('every try is counted', async () => {
  host.misbehaviour = { status: 502, body: '<html>' };
  const { source, budgets } = sourceFor(host);
  const reading = source.readTree(repository.location, commit, { signal });
  expect(await failure(reading)).toMatchObject({ code: 'failed' });
  expect(host.recorded).toHaveLength(2);
  expect(budgets.status()[0]).toMatchObject({ calls: 2, state: 'failing' });
});

it('a right that is missing says nothing against the host', async () => {
  const { source, budgets } = sourceFor(host);
  await snapshotOf(source);
  host.misbehaviour = { status: 403, body: '{}' };
  expect(await failure(snapshotOf(source))).toMatchObject({
    code: 'unauthorized',
  });
  expect(budgets.status()[0]).toMatchObject({ state: 'ok', error: null });
});
