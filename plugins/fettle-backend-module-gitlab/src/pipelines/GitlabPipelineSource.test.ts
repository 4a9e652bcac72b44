import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { pipelineSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import { FakePipelines } from '../testing/FakePipelines';
import { sourceFor } from '../testing/sourceFor';

const { signal } = new AbortController();
const since = new Date(0);
const run = { runId: '17', attempt: 1, pipelineId: 'pipeline' };

async function start() {
  const host = await FakeHost.start();
  const pipelines = new FakePipelines();
  host.pipelines = pipelines;
  const { location, settings } = host.create('acme/ledger');
  return { host, location, pipelines, settings };
}

pipelineSourceContract(async () => {
  const { host, location, pipelines } = await start();
  return {
    source: sourceFor(host).pipelines,
    location,
    foreign: { ...location, remote: 'https://gitlab.com/acme/ledger' },
    failed: { run, jobId: '170', logEndsWith: 'error: it does not work' },
    running: { ...run, runId: '18' },
    deployment: '41',
    asked: () => pipelines.asked,
    dispose: () => host.stop(),
  };
});

describe('a host', () => {
  let host: FakeHost;
  let location: RepositoryLocation;
  let pipelines: FakePipelines;
  beforeEach(async () => {
    ({ host, location, pipelines } = await start());
  });
  afterEach(() => host.stop());

  const read = () =>
    sourceFor(host).pipelines.readRun(location, run, { signal });
  const rerun = (failedOnly = false) =>
    sourceFor(host).pipelines.rerun(location, run, { signal, failedOnly });

  it('tells a pipeline with its times, commit and jobs, those that start others last', async () => {
    expect(await read()).toEqual({
      repository: { remote: location.remote, key: '7' },
      pipeline: { id: 'pipeline', name: 'Pipeline' },
      ...{ runId: '17', attempt: 1, number: '7', mayReopen: true },
      ...{ at: '2026-06-01T12:05:00.000Z', state: 'failed' },
      ...{ branch: 'main', commit: 'a'.repeat(40), before: 'b'.repeat(40) },
      ...{ actor: 'ada', event: 'push', commitSubject: 'Fix it' },
      committedAt: '2026-06-01T12:00:00.000Z',
      queuedAt: '2026-06-01T12:00:00.000Z',
      startedAt: '2026-06-01T12:01:00.000Z',
      finishedAt: '2026-06-01T12:05:00.000Z',
      webUrl: 'https://gitlab.example.com/acme/ledger/-/pipelines/17',
      allJobs: true,
      jobs: [
        expect.objectContaining({
          ...{ id: '170', name: 'test 170', state: 'failed', hasLog: true },
          ...{ runner: 'runner-1', queuedAt: '2026-06-01T12:00:00.000Z' },
        }),
        expect.objectContaining({
          ...{ id: '171', state: 'skipped', hasLog: false },
        }),
      ],
    });
  });

  it('reads thousands of jobs page by page, in the order in which they were made', async () => {
    pipelines.jobs = 5_000;
    const { jobs, allJobs } = await read();
    expect(allJobs).toBe(true);
    expect(jobs).toHaveLength(5_001);
    expect(jobs?.slice(0, 2).map(({ id }) => id)).toEqual(['170', '171']);
  });

  it.each([
    ['a branch', { ref: 'main', tag: false }, 'main'],
    ['a tag', { ref: 'v1', tag: true }, undefined],
    [
      'a merge request',
      { ref: 'refs/merge-requests/5/head', tag: false },
      '!5',
    ],
  ])('says that a pipeline is of %s', async (_, own, branch) => {
    pipelines.own = own;
    expect((await read()).branch).toBe(branch);
  });

  it('shows a status that it does not know as unknown, in the word of the host', async () => {
    pipelines.own = { status: 'meditating' };
    expect(await read()).toMatchObject({
      ...{ state: 'unknown', hostState: 'meditating' },
    });
  });

  it('lists runs without saying of which branch they are: a tag looks the same', async () => {
    const { runs } = await sourceFor(host).pipelines.listRuns(location, {
      ...{ signal, since },
    });
    expect(runs.map(({ runId, state }) => [runId, state])).toEqual([
      ['18', 'running'],
      ['17', 'failed'],
    ]);
    expect(runs.every(each => each.branch === undefined)).toBe(true);
  });

  it('leaves marks of sections out of a log, and reads no more than its end', async () => {
    const readLog = (maxBytes: number) =>
      sourceFor(host).pipelines.readLog(location, run, '170', {
        ...{ signal, maxBytes },
      });
    expect((await readLog(10_000)).text).toBe(
      'Set up\nerror: it does not work\n',
    );
    pipelines.log = `${'x'.repeat(20_000_000)}\nend`;
    const { text, truncated } = await readLog(100);
    expect([text.length, truncated, text.endsWith('end')]).toEqual([
      ...[100, true, true],
    ]);
  });

  it.each([
    ['a branch', { ref: 'main', tag: false }, '/pipeline main'],
    ['a tag', { ref: 'v1', tag: true }, '/pipeline v1'],
    [
      'a merge request',
      { ref: 'refs/merge-requests/5/head' },
      '/merge_requests/5/pipelines',
    ],
  ])('runs all of a pipeline of %s in a new one', async (_, own, asked) => {
    pipelines.own = own;
    await rerun();
    expect(pipelines.asked).toContain(asked);
  });

  it('runs no other commit in its place', async () => {
    pipelines.newest = 'c'.repeat(40);
    await expect(rerun()).rejects.toMatchObject({
      ...{ code: 'failed', message: expect.stringContaining('newer one') },
    });
    pipelines.own = { source: 'parent_pipeline' };
    await expect(rerun()).rejects.toMatchObject({ code: 'failed' });
    expect(pipelines.asked).toEqual([]);
    await rerun(true);
    expect(pipelines.asked).toEqual(['rerun-failed 17']);
  });

  it('tells of deployments, not of those that were cancelled', async () => {
    const list = () =>
      sourceFor(host).pipelines.listDeployments(location, { signal, since });
    expect((await list()).deployments).toEqual([
      {
        repository: { remote: location.remote },
        ...{ id: '41', environment: 'production', state: 'succeeded' },
        ...{ commit: 'a'.repeat(40), at: '2026-06-01T12:07:00.000Z' },
        createdAt: '2026-06-01T12:06:00.000Z',
        finishedAt: '2026-06-01T12:07:00.000Z',
        webUrl: 'https://gitlab.example.com/acme/ledger/-/jobs/172',
      },
    ]);
    pipelines.deployment = () => ({
      ...{ id: 41, status: 'canceled', updated_at: '2026-06-02T12:00:00Z' },
      environment: { id: 9, name: 'production' } as never,
    });
    expect(await list()).toEqual({ deployments: [], complete: true });
  });
});

it('takes a repository whose pipelines are switched off for one without, and no other', async () => {
  const { host, location, settings } = await start();
  try {
    const refusal = { status: 403, body: '{"message":"403 Forbidden"}' };
    host.instead.push([/\/pipelines\?/, refusal]);
    const list = () =>
      sourceFor(host).pipelines.listRuns(location, { signal, since });
    await expect(list()).rejects.toMatchObject({ code: 'unauthorized' });
    Object.assign(settings.project, { builds_access_level: 'disabled' });
    expect(await list()).toEqual({ runs: [], complete: true });
  } finally {
    await host.stop();
  }
});
