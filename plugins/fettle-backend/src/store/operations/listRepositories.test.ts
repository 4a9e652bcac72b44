import type { RepositoryQuery } from 'backstage-plugin-fettle-common';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
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

const only = (...names: string[]): Visibility => ({
  entityRefs: new Set(names.map(name => `component:default/${name}`)),
});

describeStore('listRepositories', init => {
  const clock = clockAt(at(10, 100), 60);

  /**
   * alpha 100, Beta 50 (stale), gamma 0, delta 50 (failing), eps pending, zeta unknown;
   * beta is a monorepo of two teams, zeta is claimed by none.
   */
  async function withFleet() {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: ['alpha', 'Beta', 'gamma', 'delta', 'eps', 'zeta'].map(
        name => repository(name.toLowerCase(), { name }),
      ),
      claims: [
        claim('alpha', 'alpha', { system: 'system:default/s1' }),
        claim('beta-lib', 'beta', {
          subpath: 'lib',
          owner: 'group:default/team-b',
        }),
        claim('beta', 'beta'),
        claim('gamma', 'gamma', { owner: 'group:default/team-c' }),
        claim('delta', 'delta', { owner: null }),
        claim('eps', 'eps', { owner: 'group:default/team-b' }),
      ],
      at: at(9),
    });
    const save = (id: string, day: number, ...statuses: any[]) =>
      store.saveCollection(
        reading(id, at(day, 90), [
          evaluation(
            Object.fromEntries(statuses.map((status, i) => [`c${i}`, status])),
          ),
        ]),
      );
    await save('alpha', 10, 'pass', 'pass');
    await save('beta', 9, 'pass', 'fail');
    await save('gamma', 10, 'fail', 'fail');
    await save('delta', 10, 'warn', 'warn');
    await save('zeta', 10, 'unknown', 'unknown');
    await store.saveFailure({
      repositoryId: 'delta',
      reason: { code: 'unreachable', message: 'm', action: 'a' },
      startedAt: at(10, 95),
      dueAt: at(11),
    });
    return store;
  }

  async function pages(
    store: DatabaseFettleStore,
    overrides: Partial<RepositoryQuery>,
    visibility: Visibility = 'everything',
  ) {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listRepositories(
        query({ ...overrides, cursor }),
        visibility,
        clock,
      );
      ids.push(...page.items.map(item => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return ids.join(' ');
  }

  it('sorts both ways with pages of any size, unknown scores last', async () => {
    const store = await withFleet();
    const orders = {
      'score asc': 'gamma beta delta alpha eps zeta',
      'score desc': 'alpha beta delta gamma eps zeta',
      'name asc': 'alpha beta delta eps gamma zeta',
      'name desc': 'zeta gamma eps delta beta alpha',
      'changed asc': 'eps beta alpha gamma zeta delta',
      'changed desc': 'delta alpha gamma zeta beta eps',
      'owner asc': 'alpha beta eps gamma delta zeta',
      'owner desc': 'gamma eps alpha beta delta zeta',
      'state asc': 'delta beta eps alpha gamma zeta',
      'state desc': 'alpha gamma zeta eps beta delta',
    };
    for (const [name, expected] of Object.entries(orders)) {
      const [sort, order] = name.split(' ') as any;
      for (const limit of [1, 2, 4, 500]) {
        expect([
          name,
          limit,
          await pages(store, { sort, order, limit }),
        ]).toEqual([name, limit, expected]);
      }
    }
  });

  it.each<[string, Partial<RepositoryQuery>, string]>([
    ['owner', { owner: ['group:default/team-b'] }, 'beta eps'],
    [
      'owners',
      { owner: ['group:default/team-c', 'group:default/team-a'] },
      'alpha beta gamma',
    ],
    ['system', { system: ['system:default/s1'] }, 'alpha'],
    ['stale', { state: ['stale'] }, 'beta'],
    ['ready', { state: ['ready'] }, 'alpha gamma zeta'],
    ['states', { state: ['failing', 'pending'] }, 'delta eps'],
    ['level', { level: ['unknown', 'good'] }, 'alpha eps zeta'],
    ['failing check', { check: 'c1' }, 'beta gamma'],
    [
      'check with status',
      { check: 'c0', status: ['pass', 'warn'] },
      'alpha beta delta',
    ],
    ['lowest score', { scoreMin: 50 }, 'alpha beta delta'],
    ['highest score', { scoreMax: 50 }, 'beta delta gamma'],
    ['range', { scoreMin: 1, scoreMax: 99 }, 'beta delta'],
    ['search', { search: 'BET' }, 'beta'],
    ['search for a wildcard', { search: '%' }, ''],
    ['search for another', { search: '_' }, ''],
    ['search for the escape', { search: '\\' }, ''],
    [
      'all at once',
      { owner: ['group:default/team-a'], check: 'c1', search: 'e' },
      'beta',
    ],
  ])('filters by %s', async (_, filter, expected) => {
    const store = await withFleet();
    expect(await pages(store, { sort: 'name', ...filter })).toBe(expected);
    const page = await store.listRepositories(
      query({ ...filter, limit: 1 }),
      'everything',
      clock,
    );
    expect(page.total).toBe(expected === '' ? 0 : expected.split(' ').length);
  });

  it('shows only what the reader may see, in rows, totals and filters', async () => {
    const store = await withFleet();
    expect(
      await pages(store, { sort: 'name' }, only('beta-lib', 'gamma')),
    ).toBe('beta gamma zeta');
    expect(await pages(store, { sort: 'name' }, only())).toBe('zeta');
    const page = await store.listRepositories(
      query({ search: 'beta' }),
      only('beta-lib'),
      clock,
    );
    expect(page.total).toBe(1);
    expect(page.items[0]).toMatchObject({
      owner: 'group:default/team-b',
      entities: [{ entityRef: 'component:default/beta-lib' }],
    });
    expect(
      await pages(store, { owner: ['group:default/team-a'] }, only('beta-lib')),
    ).toBe('');
    expect(
      await pages(store, { sort: 'owner' }, only('beta-lib', 'gamma')),
    ).toBe('beta gamma zeta');

    expect(await store.getSummary('alpha', '', only('gamma'), clock)).toBe(
      undefined,
    );
    expect(
      await store.getSummary('zeta', '', only('gamma'), clock),
    ).toMatchObject({ id: 'zeta' });
    const changes = await store.getChanges(1, undefined, only('gamma'), clock);
    expect(changes.items.map(item => item.id)).toEqual(['gamma', 'zeta']);
    const activity = await store.getActivity(9, only('gamma'));
    expect(activity.items.map(item => item.repositoryId)).toEqual([
      'zeta',
      'gamma',
    ]);
  });

  it('takes a list of many entities', async () => {
    const store = await withFleet();
    const many = only(
      'alpha',
      ...Array.from({ length: 50_000 }, (_, i) => `other-${i}`),
    );
    expect(await pages(store, { sort: 'name' }, many)).toBe('alpha zeta');
  });

  it('gives days and the trend of a week', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    const scores = { 1: 'fail', 3: 'warn', 5: 'pass', 10: 'pass' } as const;
    for (const [day, status] of Object.entries(scores)) {
      await store.saveCollection(
        reading('a', at(Number(day)), [evaluation({ ci: status })]),
      );
    }
    const read = async (day: number, seconds: number) =>
      store.getSummary('a', '', 'everything', clockAt(at(day, seconds)));
    expect(await read(10, 60)).toMatchObject({ trend: 50 });
    expect((await read(10, 60))?.days).toEqual([
      { at: '2026-03-01T12:00:01.000Z', score: 0 },
      { at: '2026-03-03T12:00:01.000Z', score: 50 },
      { at: '2026-03-05T12:00:01.000Z', score: 100 },
      { at: '2026-03-10T12:00:01.000Z', score: 100 },
    ]);
    // A second before the week is full, the point of the third day is not past.
    expect(await read(10, 0)).toMatchObject({ trend: 100 });
    expect(await read(8, 0)).toMatchObject({ trend: null });
  });

  it.each([
    ['no base64', '§§'],
    ['no JSON', Buffer.from('nope').toString('base64url')],
    ['another shape', Buffer.from('{"a":1}').toString('base64url')],
    [
      'NUL',
      Buffer.from(
        JSON.stringify({
          sort: 'score asc',
          after: [0, 1, '\0', 'a'],
          before: at(1),
        }),
      ).toString('base64url'),
    ],
    [
      'other types',
      Buffer.from(
        JSON.stringify({
          sort: 'score asc',
          after: ['x', 'y', 'n', 'a'],
          before: at(1),
        }),
      ).toString('base64url'),
    ],
  ])('refuses a cursor with %s', async (_, cursor) => {
    const { store } = await init();
    await expect(
      store.listRepositories(query({ cursor }), 'everything', clock),
    ).rejects.toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('refuses a cursor of another order', async () => {
    const store = await withFleet();
    const { nextCursor } = await store.listRepositories(
      query({ limit: 1 }),
      'everything',
      clock,
    );
    await expect(
      store.listRepositories(
        query({ order: 'desc', cursor: nextCursor! }),
        'everything',
        clock,
      ),
    ).rejects.toThrow(/sorted by 'score asc'.*'score desc'/);
  });
});
