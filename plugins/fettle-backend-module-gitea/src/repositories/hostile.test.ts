import type { RepositorySource } from 'backstage-plugin-fettle-node';
import type { Misbehaviour } from '../testing/answers';
import { FakeHost, TOKEN } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor } from '../testing/sourceFor';

jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';
const HTML = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Be right back</h1>',
};

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
const snapshotOf = (source: RepositorySource) =>
  source.snapshot(repository.location, { signal });

describe.each<[string, Misbehaviour, string]>([
  ['revoked credentials', { status: 401, body: '{}' }, 'unauthorized'],
  ['a missing right', { status: 403, body: '{}' }, 'unauthorized'],
  ['a repository that is gone', { status: 404, body: '404' }, 'not-found'],
  [
    'a limit that is reached',
    { status: 429, headers: { 'retry-after': '30' }, body: '<html>' },
    'rate-limited',
  ],
  [
    'a limit that is told as a missing right',
    { status: 403, headers: { 'retry-after': '30' }, body: '{}' },
    'rate-limited',
  ],
  ['HTML in place of JSON', HTML, 'corrupt'],
  ['JSON of another form', { status: 200, body: '[1]' }, 'corrupt'],
  ['nothing at all', { status: 200 }, 'corrupt'],
  ['half an answer', 'half', 'corrupt'],
  ['an error of its own', { status: 500, body: '{}' }, 'failed'],
  ['a gateway that waits for it', { status: 502, body: '<html>' }, 'failed'],
])('a host with %s', (_, misbehaviour, code) => {
  beforeEach(() => {
    host.misbehaviour = misbehaviour;
  });

  const since = new Date(0);
  const run = { runId: '17', attempt: 1, pipelineId: 'ci.yaml' };
  it.each<[string, (all: ReturnType<typeof sourceFor>) => Promise<unknown>]>([
    ['a snapshot', ({ source }) => snapshotOf(source)],
    [
      'a tree',
      ({ source }) => source.readTree(repository.location, commit, { signal }),
    ],
    [
      'a commit',
      ({ source }) =>
        source.readCommit(repository.location, commit, { signal }),
    ],
    [
      'a list of runs',
      ({ pipelines }) =>
        pipelines.listRuns(repository.location, { signal, since }),
    ],
    [
      'a run',
      ({ pipelines }) =>
        pipelines.readRun(repository.location, run, { signal }),
    ],
  ])('fails %s with its reason', async (__, read) => {
    const error = await failure(read(sourceFor(host)));
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

it('what the host says of a refusal is told', async () => {
  const body = '{"message":"token does not have at least one of scope"}';
  host.misbehaviour = { status: 403, body };
  const error = await failure(snapshotOf(sourceFor(host).source));
  expect(error.message).toContain('at least one of scope');
});

it('a host whose limit is reached is asked nothing more, and others go on', async () => {
  const other = await FakeHost.start();
  try {
    const elsewhere = other.create('payments/ledger');
    await elsewhere.commit({ at: AT });
    host.misbehaviour = { status: 429, body: '' };
    const { source, budgets } = sourceFor(host);
    const limited = { code: 'rate-limited' };
    expect(await failure(snapshotOf(source))).toMatchObject(limited);
    expect(budgets.status()[0].state).toBe('waiting');
    host.misbehaviour = undefined;
    host.recorded.length = 0;
    expect(await failure(snapshotOf(source))).toMatchObject(limited);
    expect(host.recorded).toEqual([]);
    const { head } = await sourceFor(other).source.snapshot(
      ...([elsewhere.location, { signal }] as const),
    );
    expect(head).not.toBeNull();
  } finally {
    await other.stop();
  }
});

it('the share that is left for people is not touched by routine, and is theirs', async () => {
  const headers = {
    ...{ 'ratelimit-limit': '100', 'ratelimit-remaining': '20' },
    'ratelimit-reset': '3600',
  };
  host.misbehaviour = { status: 404, headers, body: '{}' };
  const { source, pipelines, budgets } = sourceFor(host);
  await failure(snapshotOf(source));
  expect(budgets.status()[0]).toMatchObject({ limit: 100, remaining: 20 });
  expect(await failure(snapshotOf(source))).toMatchObject({
    ...{ code: 'rate-limited' },
    message: expect.stringContaining('kept for people'),
  });
  const run = { runId: '17', attempt: 1, pipelineId: 'ci.yaml' };
  const asked = pipelines.readLog(repository.location, run, '170', {
    ...{ signal, maxBytes: 10 },
  });
  expect(await failure(asked)).toMatchObject({ code: 'not-found' });
});

it('a host that never answers is given up', async () => {
  host.misbehaviour = 'never';
  const { source, budgets } = sourceFor(host);
  const late = AbortSignal.timeout(100);
  const reading = source.snapshot(repository.location, { signal: late });
  expect(await failure(reading)).toMatchObject({ code: 'timeout' });
  expect(budgets.status()[0].state).toBe('failing');
});

it('a host that is not there is unreachable', async () => {
  const { source } = sourceFor({ name: host.name, url: 'http://127.0.0.1:1' });
  expect(await failure(snapshotOf(source))).toMatchObject({
    ...{ code: 'unreachable' },
    message: expect.stringContaining(host.name),
  });
});

it('an answer without an end is not read to memory', async () => {
  const { source } = sourceFor(host, { maxBytes: 1_000 });
  const body = JSON.stringify({ a: 'x'.repeat(2_000) });
  host.misbehaviour = { status: 200, body };
  expect(await failure(snapshotOf(source))).toMatchObject({
    code: 'too-large',
  });
});

it('a reading that is withdrawn says nothing against the host', async () => {
  const { source, budgets } = sourceFor(host);
  await snapshotOf(source);
  const late = new AbortController();
  host.misbehaviour = 'never';
  const reading = failure(
    source.snapshot(repository.location, { signal: late.signal }),
  );
  late.abort();
  expect(await reading).toMatchObject({ code: 'timeout' });
  expect(budgets.status()[0].state).toBe('ok');
});

it('a right that is missing says nothing against the host', async () => {
  const { source, budgets } = sourceFor(host);
  await snapshotOf(source);
  host.misbehaviour = { status: 403, body: '{}' };
  await failure(snapshotOf(source));
  expect(budgets.status()[0]).toMatchObject({ state: 'ok', error: null });
  host.misbehaviour = HTML;
  await failure(snapshotOf(source));
  expect(budgets.status()[0].state).toBe('failing');
});

it('every request is counted', async () => {
  const { source, budgets } = sourceFor(host);
  await snapshotOf(source);
  const tree = await source.readTree(repository.location, commit, { signal });
  await tree.read(['a']);
  await tree.findLines(['x']);
  expect(budgets.status()[0].calls).toBe(host.recorded.length);
  expect(host.recorded).toHaveLength(8);
});

it('a tree that names a file outside of the repository is refused', async () => {
  const entry = { mode: '100644', type: 'blob', sha: 'a'.repeat(40), size: 1 };
  const tree = [{ ...entry, path: '../../etc/passwd' }];
  const body = JSON.stringify({ total_count: 1, truncated: false, tree });
  host.instead.push([/\/git\/trees\//, { status: 200, body }]);
  const { source } = sourceFor(host);
  const reading = source.readTree(repository.location, commit, { signal });
  expect(await failure(reading)).toMatchObject({ code: 'corrupt' });
});

it('what is no commit is not asked for', async () => {
  const { source } = sourceFor(host);
  const { location } = repository;
  for (const odd of ['main', '../../user', '--all', '']) {
    const tree = source.readTree(location, odd, { signal });
    expect(await failure(tree)).toMatchObject({ code: 'invalid' });
    const read = source.readCommit(location, odd, { signal });
    expect(await failure(read)).toMatchObject({ code: 'invalid' });
  }
  expect(host.recorded).toEqual([]);
});

it('a token is not sent where a redirect leads', async () => {
  const other = await FakeHost.start();
  try {
    const place = `${other.url.replace('127.0.0.1', 'localhost')}/archive`;
    const { source } = sourceFor(host);
    const tree = await source.readTree(repository.location, commit, { signal });
    host.instead.push([
      /\/archive\//,
      { status: 302, headers: { location: place } },
    ]);
    // It knows only its own token, which it does not get.
    expect(await failure(tree.findLines(['x']))).toMatchObject({
      code: 'unauthorized',
    });
    expect(other.recorded).toEqual(['GET /archive']);
  } finally {
    await other.stop();
  }
});
