import {
  DefaultCallBudgets,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { pipelineSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { ConfigReader } from '@backstage/config';
import { FakeGithub, type Misbehaviour } from '../testing/FakeGithub';
import { Prism } from '../testing/Prism';
import { GithubApi } from '../api/GithubApi';
import { GithubHosts } from '../api/GithubHosts';
import { GithubPipelineSource } from './GithubPipelineSource';

const HOST = 'github.example.com';
const location: RepositoryLocation = {
  remote: `https://${HOST}/acme/ledger`,
  name: 'acme/ledger',
  host: HOST,
};
const run = { runId: '17', attempt: 1, pipelineId: '5' };

function sourceFor(fake: FakeGithub) {
  const budgets = DefaultCallBudgets.fromConfig(new ConfigReader({}) as any);
  const api = new GithubApi({
    host: {
      host: HOST,
      apiBaseUrl: fake.url,
      organizations: [],
    },
    credentials: {
      getCredentials: async () => ({
        ...{ token: 'a token', type: 'token' as const },
        headers: {},
      }),
    },
    budget: budgets.forHost(HOST),
  });
  const source = new GithubPipelineSource(
    new GithubHosts(new Map([[HOST, api]])),
  );
  return { source, budgets };
}

pipelineSourceContract(async () => {
  const fake = await FakeGithub.start();
  return {
    source: sourceFor(fake).source,
    location,
    foreign: { ...location, remote: 'https://github.com/acme/ledger' },
    failed: { run, jobId: '170', logEndsWith: 'error: it does not work' },
    running: { ...run, runId: '18' },
    deployment: '71',
    asked: () => fake.asked,
    dispose: () => fake.stop(),
  };
});

describe('GitHub, asked about runs', () => {
  let fake: FakeGithub;
  const { signal } = new AbortController();
  beforeEach(async () => {
    fake = await FakeGithub.start();
  });
  afterEach(() => fake.stop());

  it('is read page by page to the last of 5,000 jobs', async () => {
    fake.jobs = 5_000;
    const { source } = sourceFor(fake);
    const { jobs } = await source.readRun(location, run, { signal });
    expect(jobs).toHaveLength(5_000);
  }, 60_000);

  it.each([
    ['gives parts', { ranges: true, sized: true }],
    ['gives only the whole', { ranges: false, sized: true }],
    ['does not say how long it is', { ranges: false, sized: false }],
  ])(
    'keeps no more of a large log than was asked for, where the store %s',
    async (_, store) => {
      Object.assign(fake, store);
      fake.log = `${'x'.repeat(20 * 1024 * 1024)}the end`;
      const { source } = sourceFor(fake);
      const options = { signal, maxBytes: 1024 };
      const tail = await source.readLog(location, run, '170', options);
      expect(tail.truncated).toBe(true);
      expect(tail.text).toHaveLength(1024);
      expect(tail.text.endsWith('the end')).toBe(true);
    },
  );

  it('is told of the repository by the address that it was asked by', async () => {
    const { source } = sourceFor(fake);
    const options = { signal, since: new Date(0) };
    const { runs } = await source.listRuns(location, options);
    const one = await source.readRun(location, run, { signal });
    for (const { repository, branch } of [...runs, one]) {
      expect(repository).toEqual({ remote: location.remote, key: '7' });
      expect(branch).toBe('main');
    }
  });

  it('is not told that all jobs are known where some are missing', async () => {
    fake.jobs = 250;
    fake.jobsShown = 200;
    const { source } = sourceFor(fake);
    const report = await source.readRun(location, run, { signal });
    expect(report.jobs).toHaveLength(200);
    expect(report.allJobs).toBe(false);
  });

  describe('and about deployments', () => {
    const NOON = '2026-06-01T12';
    const list = (since = new Date(0)) =>
      sourceFor(fake).source.listDeployments(location, { signal, since });

    it('tells how each went last, as its webhooks do', async () => {
      expect(await list()).toEqual({
        complete: true,
        deployments: [
          {
            repository: { remote: location.remote },
            ...{ id: '72', environment: 'live', production: true },
            ...{ state: 'pending', commit: 'a'.repeat(40) },
            ...{ at: `${NOON}:02:00.000Z`, createdAt: `${NOON}:02:00.000Z` },
          },
          {
            repository: { remote: location.remote },
            ...{ id: '71', environment: 'live', production: true },
            ...{ state: 'succeeded', commit: 'a'.repeat(40) },
            ...{ at: `${NOON}:03:00.000Z`, createdAt: `${NOON}:02:00.000Z` },
            finishedAt: `${NOON}:03:00.000Z`,
            webUrl: 'https://live.example.com',
          },
        ],
      });
    });

    it('does not take that another one followed for how it went', async () => {
      fake.deployments = [
        {
          id: 71,
          statuses: [
            { state: 'INACTIVE', minute: 9 },
            { state: 'SUCCESS', minute: 3 },
            { state: 'IN_PROGRESS', minute: 2 },
          ],
        },
      ];
      const { deployments } = await list();
      expect(deployments).toMatchObject([
        { state: 'succeeded', at: `${NOON}:03:00.000Z` },
      ]);
    });

    it('gives those that changed since then, and says where there may be more', async () => {
      fake.deployments = Array.from({ length: 100 }, (_, i) => ({
        id: 200 - i,
        statuses: [{ state: 'FAILURE', minute: 30 - (i % 2) * 20 }],
      }));
      const half = await list(new Date(`${NOON}:20:00Z`));
      expect(half.deployments).toHaveLength(50);
      expect(half.complete).toBe(true);
      expect((await list()).complete).toBe(false);
    });

    it('asks once where there is none', async () => {
      fake.deployments = [];
      expect(await list()).toEqual({ deployments: [], complete: true });
      expect(fake.recorded).toHaveLength(1);
    });

    it('says where the credentials may not see them', async () => {
      fake.misbehaviour = { status: 403, body: '{"message":"No."}' };
      await expect(list()).rejects.toMatchObject({ code: 'unauthorized' });
    });
  });

  it.each<[string, Misbehaviour, string]>([
    ['revoked credentials', { status: 401, body: '{}' }, 'unauthorized'],
    ['a missing right', { status: 403, body: '{}' }, 'unauthorized'],
    ['a repository that is gone', { status: 404, body: '{}' }, 'not-found'],
    [
      'a limit that is reached',
      { status: 429, headers: { 'retry-after': '30' }, body: '{}' },
      'rate-limited',
    ],
    [
      'HTML in place of JSON',
      {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<h1>Be right back</h1>',
      },
      'corrupt',
    ],
    ['JSON of another form', { status: 200, body: '{"a":1}' }, 'corrupt'],
    ['half an answer', 'half', 'corrupt'],
  ])(
    'with %s is a state with its reason',
    async (_, misbehaviour, code) => {
      fake.misbehaviour = misbehaviour;
      const { source } = sourceFor(fake);
      const since = new Date(0);
      const error: any = await source
        .listRuns(location, { signal, since })
        .catch(reason => reason);
      expect(error.code).toBe(code);
      expect(`${error.message} ${error.action}`).not.toContain('a token');
      expect(error.action).not.toBe('');
    },
    30_000,
  );

  it('that asks to wait is left alone until then', async () => {
    const headers = { 'retry-after': '30' };
    fake.misbehaviour = { status: 429, headers, body: '{}' };
    const { source, budgets } = sourceFor(fake);
    const ask = () => source.listRuns(location, { signal, since: new Date(0) });
    await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(budgets.status()[0].state).toBe('waiting');
    fake.misbehaviour = undefined;
    await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(fake.recorded).toEqual([]);
  });

  it('that never answers is given up', async () => {
    fake.misbehaviour = 'never';
    const { source } = sourceFor(fake);
    const asking = source.listRuns(location, {
      signal: AbortSignal.timeout(100),
      since: new Date(0),
    });
    await expect(asking).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is asked only what its own description allows', async () => {
    const { source } = sourceFor(fake);
    await source.listRuns(location, { signal, since: new Date(0) });
    await source.readRun(location, run, { signal });
    await source.readLog(location, run, '170', { signal, maxBytes: 10 });
    await source.rerun(location, run, { signal, failedOnly: false });
    await source.rerun(location, run, { signal, failedOnly: true });
    await source.cancel(location, { ...run, runId: '18' }, { signal });
    await source.listDeployments(location, { signal, since: new Date(0) });
    expect(fake.recorded).toHaveLength(8);
    const prism = await Prism.start();
    try {
      await prism.check(fake.recorded);
    } finally {
      prism.stop();
    }
  }, 180_000);
});
