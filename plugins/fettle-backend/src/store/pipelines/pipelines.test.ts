import type { RunReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { describeStore } from '../testDatabases';
import { at, claim, repository } from '../testReadings';
import { DatabasePipelineStore } from './DatabasePipelineStore';

const minutes = (n: number) => at(2, n * 60).toISOString();

function run(
  runId: number,
  state: 'succeeded' | 'failed' | 'running',
  given: Partial<RunReport> = {},
): RunReport {
  const finished = state !== 'running';
  return {
    repository: { remote: 'https://git.example.com/a' },
    pipeline: { id: 'ci', name: 'CI' },
    runId: `${runId}`,
    state,
    branch: 'main',
    event: 'push',
    commit: `${runId}`.padStart(8, 'c'),
    queuedAt: minutes(runId),
    startedAt: minutes(runId + 1),
    finishedAt: finished ? minutes(runId + 3) : undefined,
    at: minutes(runId + 3),
    ...given,
  };
}

describeStore('pipelines', init => {
  let knex: Knex;
  let runs: DatabaseRunStore;
  let pipelines: DatabasePipelineStore;

  beforeEach(async () => {
    const made = await init();
    knex = made.knex;
    runs = new DatabaseRunStore(knex, name => name === 'production');
    pipelines = new DatabasePipelineStore(knex);
    await made.store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [
        claim('a', 'a'),
        claim('b', 'b', { owner: 'group:default/two' }),
      ],
      at: at(1),
    });
    await knex('repositories').update({ default_branch: 'main' });
  });

  const tell = (...reports: RunReport[]) =>
    runs.apply([{ sourceId: 'ci', runs: reports, deployments: [] }], at(3));
  const read = (subpath = '') =>
    pipelines.repository({
      ...{ repositoryId: 'a', subpath },
      ...{ days: 30, now: at(3) },
    });
  const fleet = (visibility: any = 'everything', owner?: string) =>
    pipelines.fleet({ days: 7, visibility, owner, now: at(3) });

  it('are red since the first failure after the last success', async () => {
    await tell(
      ...[run(1, 'succeeded'), run(10, 'failed'), run(20, 'failed')],
      run(30, 'succeeded', { branch: 'topic' }),
      run(40, 'running'),
    );
    const found = await read();
    expect(found).toMatchObject({
      green: false,
      greenSince: minutes(13),
      branches: ['main', 'topic'],
      events: ['push'],
    });
    const [ci] = found!.pipelines;
    expect(ci).toMatchObject({ id: 'ci', name: 'CI', green: false });
    expect(ci.latest?.state).toBe('running');
    expect(ci.recent.map(({ state }) => state)).toEqual([
      'succeeded',
      'failed',
      'failed',
    ]);
    expect(found!.metrics.successRate).toMatchObject({ value: 0.5, sample: 4 });
    expect(found!.days).toMatchObject([
      {
        day: '2026-03-02',
        runs: 4,
        succeeded: 2,
        failed: 2,
        durationP50: 120_000,
      },
    ]);
    expect(await knex('pipeline_days').first()).toMatchObject({
      ...{ runs: 4, succeeded: 2, failed: 2 },
      ...{ duration_p50: 120_000, queue_p50: 60_000 },
    });
  });

  it('are neither red nor green before anything has finished', async () => {
    expect(await read()).toMatchObject({ green: null, pipelines: [] });
    await tell(run(1, 'running'));
    expect(await read()).toMatchObject({ green: null, greenSince: null });
  });

  it('of a folder are those that touched it, and those of which that is not known', async () => {
    await tell(run(1, 'failed'), run(5, 'succeeded'), run(9, 'running'));
    const { items } = await runs.list('a', { subpath: '', limit: 9 });
    const commit = { subject: null, committedAt: null };
    const byRun = new Map(items.map(({ runId, id }) => [runId, id]));
    await runs.describe(byRun.get('1')!, { ...commit, subpaths: ['api'] });
    await runs.describe(byRun.get('5')!, { ...commit, subpaths: ['api_2'] });
    const listed = await runs.list('a', { subpath: 'api', limit: 9 });
    expect(listed.items.map(({ runId }) => runId)).toEqual(['9', '1']);
    expect(await read('api')).toMatchObject({ green: false });
  });

  it('of the fleet say what runs and what is broken, by owner', async () => {
    const b = { remote: 'https://git.example.com/b' };
    await tell(
      ...[run(1, 'failed'), run(9, 'running')],
      run(2, 'succeeded', { repository: b }),
    );
    const all = await fleet();
    expect(all).toMatchObject({
      ...{ runningTotal: 1, brokenTotal: 1, repositories: 2, withoutRuns: 0 },
      running: [
        {
          ...{ runId: '9', repositoryName: 'a' },
          entityRef: 'component:default/a',
        },
      ],
      broken: [
        {
          repositoryId: 'a',
          entityRef: 'component:default/a',
          owner: 'group:default/team-a',
          since: minutes(4),
          failures: 1,
        },
      ],
      owners: [
        { owner: 'group:default/team-a', repositories: 1, broken: 1 },
        { owner: 'group:default/two', repositories: 1, broken: 0 },
      ],
    });
    expect(all.metrics.runs).toBe(2);
    expect((await fleet('everything', 'group:default/two')).metrics.runs).toBe(
      1,
    );
  });

  it('of the fleet say which run broke them beside the one that failed last', async () => {
    await tell(
      ...[run(1, 'succeeded'), run(10, 'failed', { actor: 'jane' })],
      run(20, 'failed', { actor: 'chen' }),
    );
    const [broken] = (await fleet()).broken;
    expect(broken).toMatchObject({
      ...{ failures: 2, since: minutes(13), actor: 'chen' },
      first: { actor: 'jane', commit: '10'.padStart(8, 'c') },
    });
    expect(broken.first.runId).not.toBe(broken.runId);
  });

  it('of the fleet are counted as far as the reader may see', async () => {
    await tell(run(1, 'failed'));
    const onlyB = { entityRefs: new Set(['component:default/b']) };
    expect(await fleet(onlyB)).toMatchObject({
      ...{ brokenTotal: 0, repositories: 1, withoutRuns: 1 },
      ...{ running: [], days: [] },
    });
  });

  it('take as usual what the last that succeeded took', async () => {
    await tell(run(1, 'succeeded'), run(5, 'succeeded'));
    expect((await pipelines.usualMs('a', ['ci'])).size).toBe(0);
    await tell(run(9, 'succeeded'), run(12, 'failed'));
    expect((await pipelines.usualMs('a', ['ci'])).get('ci')).toBe(120_000);
  });

  it('know deployments that were rolled back', async () => {
    const deployments = [1, 2, 3].map(id => ({
      repository: { remote: 'https://git.example.com/a' },
      id: `${id}`,
      environment: 'production',
      state: id === 2 ? ('rolled-back' as const) : ('succeeded' as const),
      at: minutes(id),
      finishedAt: minutes(id),
      committedAt: minutes(0),
    }));
    const told = { sourceId: 'ci', runs: [], deployments };
    await runs.apply([told], at(3));
    expect((await read())!.metrics).toMatchObject({
      changeFailureRate: { value: 1 / 3, sample: 3 },
      leadTime: { value: 120_000 },
    });
  });
});
