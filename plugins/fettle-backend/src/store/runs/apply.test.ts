import type { RunReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { DatabaseDeliveryStore } from '../deliveries/DatabaseDeliveryStore';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import { describeStore } from '../testDatabases';
import { at, clockAt, repository } from '../testReadings';
import { DatabaseRunStore } from './DatabaseRunStore';
import type { Told } from './RunStore';

const REMOTE = 'https://git.example.com/a';
const list = { subpath: '', limit: 50 };

function report(given: Partial<RunReport> = {}): RunReport {
  return {
    repository: { remote: REMOTE },
    pipeline: { id: 'build' },
    runId: '1',
    state: 'running',
    ...given,
  };
}

const told = (...runs: RunReport[]): Told => ({
  sourceId: 'ci',
  runs,
  deployments: [],
});

describeStore('what hosts tell', init => {
  let store: DatabaseFettleStore;
  let runs: DatabaseRunStore;
  let deliveries: DatabaseDeliveryStore;
  let knex: Knex;

  beforeEach(async () => {
    ({ store, knex } = await init());
    runs = new DatabaseRunStore(knex, name => name === 'production');
    deliveries = new DatabaseDeliveryStore(knex);
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [],
      at: at(1),
    });
  });

  const deliver = async (id: string) => {
    const [seq] = await deliveries.insert([
      {
        sourceId: 'ci',
        id,
        event: 'run',
        authority: 'ci',
        headers: {},
        body: `{"id":"${id}"}`,
        bytes: 10,
        receivedAt: at(1).toISOString(),
        dueAt: at(1),
      },
    ]);
    return seq;
  };

  it('becomes a run with its jobs, listed newest first', async () => {
    const job = { id: 'j1', name: 'test', state: 'running' as const };
    const applied = await runs.apply(
      [
        told(
          report({ queuedAt: at(1, 1).toISOString() }),
          report({ runId: '2', queuedAt: at(1, 2).toISOString(), jobs: [job] }),
        ),
      ],
      at(1, 3),
    );
    expect(applied.changes.map(({ to }) => to)).toEqual(['running', 'running']);
    const page = await runs.list('a', list);
    expect(page.items.map(({ runId }) => runId)).toEqual(['2', '1']);
    expect(page.items[0].jobs).toEqual([
      { ...job, startedAt: null, finishedAt: null },
    ]);
    expect(page.items[0].jobCount).toBe(1);
    expect(page.revision).toBe(applied.revision);
  });

  it('changes nothing the second time', async () => {
    const one = told(
      report({ jobs: [{ id: 'j', name: 'j', state: 'queued' }] }),
    );
    const first = await runs.apply([one], at(1));
    const again = await runs.apply([one], at(1, 60));
    expect(again).toEqual({
      revision: null,
      changes: [],
      repositoryIds: [],
      named: [],
    });
    expect((await runs.list('a', list)).revision).toBe(first.revision);
  });

  it('gives only what changed since a revision', async () => {
    const { revision } = await runs.apply([told(report())], at(1));
    await runs.apply([told(report({ runId: '2' }))], at(1, 1));
    const page = await runs.list('a', { ...list, since: revision! });
    expect(page.items.map(({ runId }) => runId)).toEqual(['2']);
    expect(page.reset).toBe(false);
    expect(await runs.changedSince(revision!, 'a')).toBe(true);
    expect(await runs.changedSince(revision!, 'b')).toBe(false);
  });

  it('pages by keyset and filters', async () => {
    const many = Array.from({ length: 5 }, (_, i) =>
      report({
        runId: `${i}`,
        branch: i % 2 ? 'main' : 'topic',
        queuedAt: at(1, i).toISOString(),
      }),
    );
    await runs.apply([told(...many)], at(1, 9));
    const first = await runs.list('a', { ...list, limit: 3 });
    const second = await runs.list('a', {
      ...list,
      limit: 3,
      cursor: first.nextCursor!,
    });
    const ids = [...first.items, ...second.items].map(({ runId }) => runId);
    expect(ids).toEqual(['4', '3', '2', '1', '0']);
    expect(second.nextCursor).toBeNull();
    const main = await runs.list('a', { ...list, branch: ['main'] });
    expect(main.items.map(({ runId }) => runId)).toEqual(['3', '1']);
  });

  it('keeps five thousand jobs of one run, and shows the failed ones first', async () => {
    const jobs = Array.from({ length: 5000 }, (_, i) => ({
      id: `${i}`,
      name: `job ${i}`,
      state: i === 4321 ? ('failed' as const) : ('succeeded' as const),
    }));
    await runs.apply([told(report({ jobs, allJobs: true }))], at(1));
    const [run] = (await runs.list('a', list)).items;
    expect(run.jobCount).toBe(5000);
    expect(run.jobs.map(({ id }) => id).slice(0, 2)).toEqual(['4321', '0']);
    const stored = await runs.get(run.id, 'everything');
    const page = await runs.details(stored!, { offset: 4998, limit: 100 });
    expect(page.jobs.map(({ id }) => id)).toEqual(['4998', '4999']);
  });

  it('finds a renamed repository by the key of its host', async () => {
    const repositoryKey = { remote: REMOTE, key: '77' };
    await runs.apply([told(report({ repository: repositoryKey }))], at(1));
    const renamed = { remote: 'https://git.example.com/new-name', key: '77' };
    await runs.apply(
      [told(report({ repository: renamed, runId: '2' }))],
      at(1, 1),
    );
    const { items } = await runs.list('a', list);
    expect(items.map(({ runId }) => runId).sort()).toEqual(['1', '2']);
  });

  it('says of a delivery what became of it, in the same transaction', async () => {
    const seq = await deliver('d1');
    const other = await deliver('d2');
    expect(await deliver('d1')).toBeUndefined();
    const foreign = report({
      repository: { remote: 'https://elsewhere.example.com/x' },
    });
    await runs.apply(
      [
        { ...told(report()), delivery: { seq: seq!, remotes: [] } },
        { ...told(foreign), delivery: { seq: other!, remotes: [] } },
      ],
      at(1, 1),
    );
    const { items } = await deliveries.list({ limit: 10 });
    expect(items).toMatchObject([
      {
        deliveryId: 'd2',
        state: 'ignored',
        reason: { code: 'unknown-repository' },
      },
      { deliveryId: 'd1', state: 'processed', repositoryId: 'a', reason: null },
    ]);
    expect(
      await deliveries.claim({ now: at(9), leaseUntil: at(9), limit: 5 }),
    ).toEqual([]);
    expect(await deliveries.counts()).toMatchObject([
      { sourceId: 'ci', states: { processed: 1, ignored: 1 } },
    ]);
  });

  it('hands a delivery that was left over to one sweep only, and again when it is tried again', async () => {
    const seq = await deliver('d1');
    const claim = () =>
      deliveries.claim({ now: at(2), leaseUntil: at(3), limit: 5 });
    expect(await claim()).toMatchObject([{ seq, id: 'd1', attempts: 1 }]);
    expect(await claim()).toEqual([]);
    await deliveries.retry(seq!, at(2));
    expect(await claim()).toMatchObject([{ seq, attempts: 2 }]);
  });

  it('asks once for what two people ask for in one moment', async () => {
    await runs.apply([told(report({ state: 'failed' }))], at(1));
    const [{ id }] = (await runs.list('a', list)).items;
    expect(await runs.request(id, 'rerun', at(1))).toBeDefined();
    expect(await runs.request(id, 'rerun', at(1, 1))).toBeUndefined();
    const { revision: since } = await runs.list('a', list);
    await runs.apply([told(report({ attempt: 2 }))], at(1, 2));
    const stored = await runs.get(id, 'everything');
    expect(stored?.run.requested).toBeNull();
    const { items: changed } = await runs.list('a', { ...list, since });
    expect(changed.map(run => run.attempt).sort()).toEqual([1, 2]);
    const { attempts } = await runs.details(stored!, { offset: 0, limit: 1 });
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('hides the runs of a repository that the reader may not see', async () => {
    await runs.apply([told(report())], at(1));
    const [{ id }] = (await runs.list('a', list)).items;
    const nobody = { entityRefs: new Set<string>() };
    expect(await runs.get(id, nobody)).toBeDefined();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [
        {
          entityRef: 'component:default/x',
          repositoryId: 'a',
          subpath: '',
          owner: null,
          system: null,
          problem: null,
        },
      ],
      at: at(2),
    });
    expect(await runs.get(id, nobody)).toBeUndefined();
    expect(
      await store.getSummary('a', '', nobody, clockAt(at(2))),
    ).toBeUndefined();
  });

  it('doubts a run that went silent until it is heard of again or is gone', async () => {
    await runs.apply([told(report())], at(1));
    expect(await runs.doubtful(at(1), 5)).toEqual([]);
    const [doubt] = await runs.doubtful(at(2), 5);
    await runs.doubtAgain(doubt.id, null, { reason: 'gone' });
    const [run] = (await runs.list('a', list)).items;
    expect(run).toMatchObject({ state: 'unknown', hostState: 'gone' });
    expect(await runs.doubtful(at(9), 5)).toEqual([]);
  });
});
