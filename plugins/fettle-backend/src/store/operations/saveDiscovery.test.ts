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

const problem = {
  code: 'invalid',
  message: 'The annotation names no repository',
  action: 'Correct it',
};

describeStore('saveDiscovery', init => {
  const clock = clockAt(at(1, 10));

  it('makes new repositories pending and due, and draws one revision', async () => {
    const { store } = await init();
    const result = await store.saveDiscovery({
      repositories: [repository('b'), repository('a', { webUrl: 'https://w' })],
      claims: [
        claim('svc', 'a', {
          subpath: 'packages/svc',
          system: 'system:default/s',
        }),
        claim('lost', null, { problem }),
      ],
      at: at(1),
    });
    expect(result).toEqual({
      revision: 1,
      added: ['a', 'b'],
      removed: [],
      changed: [],
    });
    const page = await store.listRepositories(query(), 'everything', clock);
    expect(page).toMatchObject({ total: 2, revision: 1, nextCursor: null });
    expect(page.items[0]).toEqual({
      id: 'a',
      name: 'a',
      host: 'git.example.com',
      remote: 'https://git.example.com/a',
      webUrl: 'https://w',
      defaultBranch: null,
      head: null,
      state: 'pending',
      reason: null,
      score: null,
      upTo: null,
      level: 'unknown',
      trend: null,
      counts: { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0 },
      worst: null,
      entities: [
        {
          entityRef: 'component:default/svc',
          subpath: 'packages/svc',
          owner: 'group:default/team-a',
          system: 'system:default/s',
          problem: null,
        },
      ],
      owner: 'group:default/team-a',
      system: 'system:default/s',
      days: [],
      collectedAt: null,
      attemptedAt: null,
      changedAt: at(1).toISOString(),
      revision: 1,
    });
    expect(
      await store.claimDue({ now: at(1), leaseUntil: at(2), limit: 9 }),
    ).toEqual(['a', 'b']);
    expect(await store.getRepository('a')).toEqual({
      ...repository('a', { webUrl: 'https://w' }),
      subpaths: ['', 'packages/svc'],
      headCommit: null,
      entityRefs: ['component:default/svc'],
      failures: 0,
    });
    expect(await store.getRepository('nope')).toBeUndefined();
    expect(await store.listLocations()).toEqual([
      repository('a', { webUrl: 'https://w' }),
      repository('b'),
    ]);
    expect(await store.listClaims()).toEqual([
      claim('lost', null, { problem }),
      claim('svc', 'a', {
        subpath: 'packages/svc',
        system: 'system:default/s',
      }),
    ]);
    expect(await store.findByRemote('https://git.example.com/b')).toBe('b');
    expect(
      await store.findByRemote('https://git.example.com/c'),
    ).toBeUndefined();
    expect(
      await store.getEntity('component:default/lost', 'everything'),
    ).toEqual({
      entityRef: 'component:default/lost',
      repositoryId: null,
      subpath: '',
      problem,
    });
    expect(
      await store.getEntity('component:default/lost', {
        entityRefs: new Set(['component:default/svc']),
      }),
    ).toBeUndefined();
  });

  it('draws no revision when nothing changed, nor when only the source did', async () => {
    const { store } = await init();
    const discovery = {
      repositories: [repository('a')],
      claims: [claim('svc', 'a')],
    };
    await store.saveDiscovery({ ...discovery, at: at(1) });
    const same = { revision: null, added: [], removed: [], changed: [] };
    expect(await store.saveDiscovery({ ...discovery, at: at(2) })).toEqual(
      same,
    );
    expect(
      await store.saveDiscovery({
        repositories: [repository('a', { sourceId: 'other' })],
        claims: discovery.claims,
        at: at(3),
      }),
    ).toEqual(same);
    expect(await store.getRepository('a')).toMatchObject({
      sourceId: 'other',
    });
    expect(await store.getRevision()).toBe(1);
  });

  it('tells of a new repository by its row', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [claim('svc', 'b')],
      at: at(2),
    });
    const changes = await store.getChanges(1, undefined, 'everything', clock);
    expect(changes).toMatchObject({ revision: 2, reset: false });
    expect(changes.items.map(item => item.id)).toEqual(['b']);
  });

  it('deletes what vanished with all its rows, and has pages load anew', async () => {
    const { store, knex } = await init();
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [claim('one', 'a'), claim('two', 'b')],
      at: at(1),
    });
    for (const name of ['a', 'b']) {
      await store.saveCollection({
        ...reading(name, at(1), [
          evaluation({
            readme: { status: 'fail', evidence: [{ message: 'none' }] },
          }),
        ]),
        facts: [
          {
            subpath: '',
            factId: 'readme',
            version: 1,
            commit: 'c1',
            collectedAt: at(1).toISOString(),
            value: 1,
          },
        ],
      });
    }
    const result = await store.saveDiscovery({
      repositories: [repository('b')],
      claims: [claim('two', 'b')],
      at: at(2),
    });
    expect(result).toEqual({
      revision: 4,
      added: [],
      removed: ['a'],
      changed: [],
    });
    for (const table of [
      'snapshots',
      'facts',
      'verdicts',
      'verdict_evidence',
      'rollups',
      'history_changes',
      'history_days',
      'entity_claims',
    ]) {
      const rows = await knex(table).select('repository_id');
      expect([table, rows]).toEqual([table, [{ repository_id: 'b' }]]);
    }
    expect(await store.getChanges(3, undefined, 'everything', clock)).toEqual({
      revision: 4,
      items: [],
      reset: true,
      changed: true,
    });
    expect(await store.getChanges(4, undefined, 'everything', clock)).toEqual({
      revision: 4,
      items: [],
      reset: false,
      changed: false,
    });
    expect(
      await store.saveCollection(reading('a', at(3), [evaluation({})])),
    ).toEqual({ revision: null });
  });

  it.each([
    ['the owner', { owner: 'group:default/team-b' }, false, []],
    ['the system', { system: 'system:default/x' }, false, []],
    ['a problem', { problem }, false, []],
    ['the folder', { subpath: 'lib' }, false, ['a']],
    ['the repository', { repositoryId: 'b' }, true, []],
    ['the repository, to none', { repositoryId: null, problem }, true, []],
  ])(
    'bumps the row when a claim changes %s',
    async (_, change, reset, changed) => {
      const { store } = await init();
      const repositories = [repository('a'), repository('b')];
      await store.saveDiscovery({
        repositories,
        claims: [claim('svc', 'a')],
        at: at(1),
      });
      await store.claimDue({ now: at(1), leaseUntil: at(9), limit: 9 });
      const result = await store.saveDiscovery({
        repositories,
        claims: [claim('svc', 'a', change)],
        at: at(2),
      });
      expect(result).toMatchObject({ revision: 2, changed });
      expect(
        await store.claimDue({ now: at(2), leaseUntil: at(9), limit: 9 }),
      ).toEqual(changed);
      const changes = await store.getChanges(1, undefined, 'everything', clock);
      expect(changes.reset).toBe(reset);
      expect(changes.items.map(item => item.id)).toEqual(reset ? [] : ['a']);
      const summary = await store.getSummary('a', '', 'everything', clock);
      expect(summary?.revision).toBe(2);
    },
  );

  it('has pages load anew when a repository that all saw is claimed', async () => {
    const { store } = await init();
    const repositories = [repository('a')];
    await store.saveDiscovery({ repositories, claims: [], at: at(1) });
    await store.saveDiscovery({
      repositories,
      claims: [claim('svc', 'a')],
      at: at(2),
    });
    expect(
      (await store.getChanges(1, undefined, 'everything', clock)).reset,
    ).toBe(true);
    await store.saveDiscovery({
      repositories,
      claims: [claim('svc', 'a'), claim('second', 'a')],
      at: at(3),
    });
    expect(
      (await store.getChanges(2, undefined, 'everything', clock)).reset,
    ).toBe(false);
  });

  it('bumps the row when a repository is called differently', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    const result = await store.saveDiscovery({
      repositories: [repository('a', { name: 'Ärger' })],
      claims: [],
      at: at(2),
    });
    expect(result).toMatchObject({ revision: 2, changed: [] });
    const page = await store.listRepositories(
      query({ search: 'äRG' }),
      'everything',
      clock,
    );
    expect(page.items.map(item => item.name)).toEqual(['Ärger']);
  });

  it('refuses a claim to a repository that it did not find', async () => {
    const { store } = await init();
    await expect(
      store.saveDiscovery({
        repositories: [],
        claims: [claim('svc', 'a')],
        at: at(1),
      }),
    ).rejects.toThrow(/component:default\/svc/);
    expect(await store.getRevision()).toBe(0);
  });

  it('takes ten thousand repositories', async () => {
    const { store } = await init();
    const names = Array.from({ length: 10_000 }, (_, i) => `r${i}`);
    const discovery = {
      repositories: names.map(name => repository(name)),
      claims: names.map(name => claim(name, name)),
    };
    const first = await store.saveDiscovery({ ...discovery, at: at(1) });
    expect(first.added).toHaveLength(10_000);
    const second = await store.saveDiscovery({ ...discovery, at: at(2) });
    expect(second.revision).toBeNull();
    expect(
      await store.listRepositories(query({ limit: 1 }), 'everything', clock),
    ).toMatchObject({ total: 10_000 });
  });
});
