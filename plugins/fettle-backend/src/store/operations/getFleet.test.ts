import type { Visibility } from '../FettleStore';
import { describeStore } from '../testDatabases';
import {
  at,
  claim,
  clockAt,
  evaluation,
  query,
  reading,
  repository,
} from '../testReadings';

jest.setTimeout(180_000);

const problem = { code: 'invalid', message: 'm', action: 'a' };
const only = (...names: string[]): Visibility => ({
  entityRefs: new Set(names.map(name => `component:default/${name}`)),
});

describeStore('getFleet', init => {
  const clock = clockAt(at(10, 100), 3600);

  async function withFleet() {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c', 'd', 'e'].map(name => repository(name)),
      claims: [
        claim('a', 'a', { system: 'system:default/s' }),
        claim('a-lib', 'a', { subpath: 'lib' }),
        claim('b', 'b', { owner: 'group:default/team-b', problem }),
        claim('c', 'c'),
        claim('lost', null, { problem }),
      ],
      at: at(1),
    });
    const save = (id: string, day: number, ...statuses: any[]) =>
      store.saveCollection(
        reading(id, at(day), [
          evaluation(
            Object.fromEntries(statuses.map((status, i) => [`c${i}`, status])),
          ),
          evaluation({ c0: 'fail', c9: 'fail' }, 'lib'),
        ]),
      );
    await save('a', 2, 'fail', 'fail');
    await save('b', 2, 'pass', 'fail');
    await save('a', 10, 'pass', 'pass');
    await save('b', 10, 'warn', 'warn');
    await save('c', 10, 'fail', 'unknown');
    await save('d', 9, 'fail', 'fail');
    return store;
  }

  it('counts the whole fleet', async () => {
    const store = await withFleet();
    expect(await store.getFleet('everything', clock)).toEqual({
      total: 5,
      // Of 100, 50, 0 and 0.
      median: 25,
      // 75 now against 25 then, over a and b.
      trend: 50,
      states: { pending: 1, ready: 3, empty: 0, failing: 0, stale: 1 },
      levels: { good: 1, fair: 0, poor: 3, unknown: 1 },
      owners: [
        { value: 'group:default/team-a', count: 2 },
        { value: 'group:default/team-b', count: 1 },
      ],
      systems: [{ value: 'system:default/s', count: 1 }],
      checks: [
        { id: 'c0', title: 'The c0', fail: 2, warn: 1, unknown: 0 },
        { id: 'c1', title: 'The c1', fail: 1, warn: 1, unknown: 1 },
      ],
      problems: [
        {
          entityRef: 'component:default/b',
          repositoryId: 'b',
          subpath: '',
          problem,
        },
        {
          entityRef: 'component:default/lost',
          repositoryId: null,
          subpath: '',
          problem,
        },
      ],
      revision: 7,
    });
  });

  it('agrees with the lists that its numbers lead to', async () => {
    const store = await withFleet();
    for (const visibility of ['everything', only('a-lib', 'c')] as const) {
      const fleet = await store.getFleet(visibility, clock);
      const total = async (filter: object) =>
        (await store.listRepositories(query(filter), visibility, clock)).total;
      expect(await total({})).toBe(fleet.total);
      for (const [state, count] of Object.entries(fleet.states)) {
        expect([state, await total({ state: [state] })]).toEqual([
          state,
          count,
        ]);
      }
      for (const [level, count] of Object.entries(fleet.levels)) {
        expect([level, await total({ level: [level] })]).toEqual([
          level,
          count,
        ]);
      }
      for (const { value, count } of fleet.owners) {
        expect([value, await total({ owner: [value] })]).toEqual([
          value,
          count,
        ]);
      }
      for (const { id: check, fail, warn, unknown } of fleet.checks) {
        expect(await total({ check })).toBe(fail);
        expect(await total({ check, status: ['warn'] })).toBe(warn);
        expect(await total({ check, status: ['unknown'] })).toBe(unknown);
      }
    }
  });

  it('counts only what the reader may see', async () => {
    const store = await withFleet();
    expect(await store.getFleet(only('c'), clock)).toMatchObject({
      // With d and e, which no entity claims.
      total: 3,
      median: 0,
      trend: null,
      owners: [{ value: 'group:default/team-a', count: 1 }],
      systems: [],
      problems: [],
    });
    expect((await store.getFleet(only('lost'), clock)).problems).toHaveLength(
      1,
    );
  });

  it('is empty, not zero, without repositories', async () => {
    const { store } = await init();
    expect(await store.getFleet('everything', clock)).toMatchObject({
      total: 0,
      median: null,
      trend: null,
      checks: [],
      revision: 0,
    });
  });
});

describeStore('prune', init => {
  it('deletes old history and snapshots, but never the newest snapshot', async () => {
    const { store, knex } = await init();
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [],
      at: at(1),
    });
    const save = (id: string, day: number, status: 'pass' | 'fail') =>
      store.saveCollection(
        reading(id, at(day), [evaluation({ ci: status })], {
          commit: `c${day}`,
        }),
      );
    await save('a', 1, 'pass');
    await save('a', 2, 'fail');
    await save('a', 5, 'pass');
    await save('b', 1, 'pass');
    await store.prune(at(3));
    expect(
      await knex('snapshots').orderBy(['repository_id']).select('commit'),
    ).toEqual([{ commit: 'c5' }, { commit: 'c1' }]);
    expect(await knex('history_days').select('day')).toEqual([
      { day: '2026-03-05' },
    ]);
    expect(await store.getHistory('a', '', 90, clockAt(at(6)))).toMatchObject({
      days: [{ score: 100 }],
      changes: [{ from: 0, to: 100 }],
    });
    expect(await store.getVerdicts('b', '')).toHaveLength(1);
  });
});
