import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { pipelineSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import { GiteaActions, type GiteaVersion } from '../testing/GiteaActions';
import { sourceFor } from '../testing/sourceFor';

const { signal } = new AbortController();
const since = new Date(0);
const run = { runId: '17', attempt: 1, pipelineId: 'ci.yaml' };

async function start(actions: GiteaActions) {
  const host = await FakeHost.start();
  host.actions = actions;
  const { location } = host.create('acme/ledger');
  return { host, location };
}

pipelineSourceContract(async () => {
  const actions = new GiteaActions();
  const { host, location } = await start(actions);
  return {
    source: sourceFor(host).pipelines,
    location,
    foreign: { ...location, remote: 'https://gitea.com/acme/ledger' },
    failed: { run, jobId: '170', logEndsWith: 'error: it does not work' },
    running: { ...run, runId: '18' },
    asked: () => actions.asked,
    dispose: () => host.stop(),
  };
});

describe('Gitea', () => {
  let host: FakeHost;
  let location: RepositoryLocation;
  let actions: GiteaActions;
  const use = async (version: GiteaVersion = '1.28') => {
    actions = new GiteaActions(version);
    ({ host, location } = await start(actions));
    return sourceFor(host).pipelines;
  };
  afterEach(() => host.stop());

  it('tells a run with its times, and jobs with their steps', async () => {
    const source = await use();
    const report = await source.readRun(location, run, { signal });
    expect(report).toEqual({
      repository: { remote: location.remote, key: '7' },
      pipeline: { id: 'ci.yaml', name: 'ci.yaml' },
      ...{ runId: '17', attempt: 1, number: '17', title: 'Fix it' },
      ...{ at: '2026-06-01T12:05:00.000Z', state: 'failed' },
      ...{ branch: 'main', commit: 'a'.repeat(40) },
      ...{ actor: 'bob', event: 'push' },
      queuedAt: '2026-06-01T12:00:00.000Z',
      startedAt: '2026-06-01T12:01:00.000Z',
      finishedAt: '2026-06-01T12:05:00.000Z',
      webUrl: 'https://gitea.example.com/acme/ledger/actions/runs/17',
      jobs: [
        expect.objectContaining({
          ...{ id: '170', name: 'test 170', state: 'failed', hasLog: true },
          ...{ runner: 'runner-1', queuedAt: '2026-06-01T12:00:00.000Z' },
          steps: [expect.objectContaining({ number: 1, name: 'Run tests' })],
        }),
      ],
      allJobs: true,
    });
  });

  it('tells the attempt that was asked for', async () => {
    const source = await use();
    actions.attempts = 2;
    const read = async (attempt: number) =>
      source.readRun(location, { ...run, attempt }, { signal });
    expect([(await read(1)).attempt, (await read(2)).attempt]).toEqual([1, 2]);
    await expect(read(3)).rejects.toMatchObject({ code: 'not-found' });
    const asked = host.recorded.filter(each => /\/jobs\?/.test(each));
    expect(asked.map(each => /attempts\/\d/.exec(each)?.[0])).toEqual([
      'attempts/1',
      'attempts/2',
    ]);
  });

  it('that counts no attempts may open a run again', async () => {
    const source = await use('1.25');
    const { runs } = await source.listRuns(location, { signal, since });
    expect(runs.map(each => [each.runId, each.state, each.at])).toEqual([
      ['18', 'running', '2026-06-01T12:01:00.000Z'],
      ['17', 'failed', '2026-06-01T12:05:00.000Z'],
    ]);
    for (const each of runs) {
      expect(each).toMatchObject({ attempt: 1, mayReopen: true });
    }
    expect(runs[0].finishedAt).toBeUndefined();
    const report = await source.readRun(location, run, { signal });
    expect(report.jobs).toHaveLength(1);
  });

  it('is read page by page to the last of 5,000 jobs', async () => {
    const source = await use();
    actions.jobs = 5_000;
    const { jobs, allJobs } = await source.readRun(location, run, { signal });
    expect(new Set(jobs?.map(({ id }) => id)).size).toBe(5_000);
    expect(allJobs).toBe(true);
  }, 60_000);

  it('is read to the end where its admin allows fewer at once', async () => {
    const source = await use();
    actions.page = 10;
    actions.jobs = 25;
    const { jobs } = await source.readRun(location, run, { signal });
    expect(jobs).toHaveLength(25);
  });

  it('does not tell all jobs where some are missing', async () => {
    const source = await use();
    actions.jobs = 120;
    actions.jobsShown = 100;
    const { jobs, allJobs } = await source.readRun(location, run, { signal });
    expect([jobs?.length, allJobs]).toEqual([100, false]);
  });

  it('is asked for no more than 300 runs', async () => {
    const source = await use();
    actions.runs = Array.from({ length: 400 }, (_, i) => 1000 - i);
    const { runs, complete } = await source.listRuns(location, {
      ...{ signal, since },
    });
    expect([runs.length, complete]).toEqual([300, false]);
    const none = await source.listRuns(location, {
      ...{ signal, since: new Date('2030-01-01T00:00:00Z') },
    });
    expect(none).toEqual({ runs: [], complete: true });
    expect(host.recorded).toHaveLength(7);
  });

  it.each([true, false])(
    'keeps no more of a large log than was asked for (ranges: %s)',
    async ranges => {
      const source = await use();
      const text = `${'x'.repeat(20 * 1024 * 1024)}the end`;
      Object.assign(actions.log, { text, ranges });
      const options = { signal, maxBytes: 1024 };
      const tail = await source.readLog(location, run, '170', options);
      expect(tail.text).toHaveLength(1024);
      expect(tail.text.endsWith('the end')).toBe(true);
      expect(tail.truncated).toBe(true);
    },
  );

  it.each([true, false])(
    'gives a short log as a whole (ranges: %s)',
    async ranges => {
      const source = await use();
      actions.log.ranges = ranges;
      for (const text of ['short', '']) {
        actions.log.text = text;
        const options = { signal, maxBytes: 1024 };
        const tail = await source.readLog(location, run, '170', options);
        expect(tail).toEqual({ text, truncated: false });
      }
    },
  );

  it('says that a log is gone', async () => {
    const source = await use();
    const options = { signal, maxBytes: 1024 };
    const reading = source.readLog(location, run, '999', options);
    await expect(reading).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says which version it takes to do what it cannot', async () => {
    const source = await use('1.25');
    const asked = { signal, failedOnly: false };
    await expect(source.rerun(location, run, asked)).rejects.toMatchObject({
      ...{ code: 'failed', message: expect.stringContaining('Gitea 1.26') },
      action: expect.any(String),
    });
    await expect(source.cancel(location, run, asked)).rejects.toMatchObject({
      ...{ code: 'failed', message: expect.stringContaining('Gitea 1.28') },
    });
  });

  it('says that it is too old to list runs', async () => {
    const source = await use('1.24');
    const listing = source.listRuns(location, { signal, since });
    await expect(listing).rejects.toMatchObject({
      ...{ code: 'failed', message: expect.stringContaining('Gitea 1.25') },
    });
  });

  it('has no runs of a repository without actions', async () => {
    const source = await use('1.24');
    host.instead.push([
      /\/repos\/acme\/ledger$/,
      { status: 200, body: '{"has_actions":false}' },
    ]);
    const runs = await source.listRuns(location, { signal, since });
    expect(runs).toEqual({ runs: [], complete: true });
  });

  it('says that the repository is gone', async () => {
    const source = await use();
    const gone = { ...location, remote: `${location.remote}s` };
    const listing = source.listRuns(gone, { signal, since });
    await expect(listing).rejects.toMatchObject({ code: 'not-found' });
  });
});
