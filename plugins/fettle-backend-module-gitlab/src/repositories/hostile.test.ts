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
    { status: 429, headers: { 'retry-after': '30' }, body: 'Retry later' },
    'rate-limited',
  ],
  ['HTML in place of JSON', HTML, 'corrupt'],
  ['JSON of another form', { status: 200, body: '[1]' }, 'corrupt'],
  ['nothing at all', { status: 200 }, 'corrupt'],
  ['half an answer', 'half', 'corrupt'],
  ['an error of its own', { status: 500, body: '{}' }, 'failed'],
])('a host with %s', (_, misbehaviour, code) => {
  beforeEach(() => {
    host.misbehaviour = misbehaviour;
  });

  const since = new Date(0);
  const run = { runId: '17', attempt: 1, pipelineId: 'pipeline' };
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
      'a list of deployments',
      ({ pipelines }) =>
        pipelines.listDeployments(repository.location, { signal, since }),
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
    const { source } = sourceFor(host, { groups: ['payments'] });
    const { repositories, problems } = await source.discover({ signal });
    expect(repositories).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toContain('payments');
  });
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

it('a host that never answers is given up, and one that is not there is unreachable', async () => {
  host.misbehaviour = 'never';
  const { source } = sourceFor(host);
  const late = AbortSignal.timeout(100);
  const reading = source.snapshot(repository.location, { signal: late });
  expect(await failure(reading)).toMatchObject({ code: 'timeout' });
  const { source: none } = sourceFor({
    ...{ name: host.name, url: 'http://127.0.0.1:1' },
  });
  expect(await failure(snapshotOf(none))).toMatchObject({
    ...{ code: 'unreachable', message: expect.stringContaining(host.name) },
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

it('every request is counted', async () => {
  const { source, budgets } = sourceFor(host);
  await snapshotOf(source);
  expect(host.recorded).toHaveLength(4);
  const tree = await source.readTree(repository.location, commit, { signal });
  await tree.read(['a']);
  await tree.findLines(['x']);
  expect(budgets.status()[0].calls).toBe(host.recorded.length);
  expect(host.recorded).toHaveLength(8);
});

it('a link to the next page leads nowhere else, and a list that never ends is left', async () => {
  const other = await FakeHost.start();
  try {
    const { source } = sourceFor(host);
    const link = `<${other.url}/api/v4/projects/1?page=2>; rel="next"`;
    const body = JSON.stringify([
      { path: 'a', id: 'b', type: 'blob', mode: '' },
    ]);
    host.instead.push([
      /\/repository\/tree/,
      { status: 200, headers: { link }, body },
    ]);
    const tree = source.readTree(repository.location, commit, { signal });
    expect(await failure(tree)).toMatchObject({ code: 'too-large' });
    expect(other.recorded).toEqual([]);
  } finally {
    await other.stop();
  }
});

it('a tree that names a file outside of the repository is refused', async () => {
  const path = '../../etc/passwd';
  const entry = { id: 'a'.repeat(40), path, type: 'commit', mode: '160000' };
  const body = JSON.stringify([entry]);
  host.instead.push([/\/repository\/tree/, { status: 200, body }]);
  const { source } = sourceFor(host);
  const reading = source.readTree(repository.location, commit, { signal });
  expect(await failure(reading)).toMatchObject({ code: 'corrupt' });
});

it('a query that is refused is told with the word of the host', async () => {
  const body = '{"errors":[{"message":"Query has complexity of 999"}]}';
  host.instead.push([/graphql/, { status: 200, body }]);
  const { source } = sourceFor(host);
  const reading = source.readTree(repository.location, commit, { signal });
  expect(await failure(reading)).toMatchObject({
    ...{
      code: 'failed',
      message: expect.stringContaining('complexity of 999'),
    },
  });
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
