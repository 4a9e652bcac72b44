import { describeStore } from '../testDatabases';
import {
  at,
  claim,
  clockAt,
  evaluation,
  reading,
  repository,
} from '../testReadings';

jest.setTimeout(180_000);

describeStore('getChanges', init => {
  const clock = clockAt(at(1, 100));
  const names = Array.from({ length: 20 }, (_, i) => `r${i}`);

  async function withRepositories(given = names) {
    const { store, knex } = await init();
    await store.saveDiscovery({
      repositories: given.map(name => repository(name)),
      claims: [],
      at: at(1),
    });
    return { store, knex };
  }

  it('gives what changed since, of all or of one', async () => {
    const { store } = await withRepositories();
    for (const name of ['r3', 'r5']) {
      await store.saveCollection(
        reading(name, at(1, 10), [evaluation({ ci: 'pass' })]),
      );
    }
    const read = (since: number, id?: string) =>
      store.getChanges(since, id, 'everything', clock);
    expect((await read(0)).items).toHaveLength(20);
    expect((await read(1)).items.map(item => item.id)).toEqual(['r3', 'r5']);
    expect((await read(1, 'r5')).items).toMatchObject([
      { id: 'r5', score: 100, revision: 3 },
    ]);
    expect(await read(3)).toEqual({
      revision: 3,
      items: [],
      reset: false,
      changed: false,
    });
  });

  it('has a page load anew that is ahead of the database', async () => {
    const { store } = await withRepositories();
    expect(await store.getChanges(7, undefined, 'everything', clock)).toEqual({
      revision: 1,
      items: [],
      reset: true,
      changed: true,
    });
  });

  it('has a page load anew when more than 500 changed', async () => {
    const many = Array.from({ length: 501 }, (_, i) => `m${i}`);
    const { store } = await withRepositories(many);
    expect(
      await store.getChanges(0, undefined, 'everything', clock),
    ).toMatchObject({ items: [], reset: true });
    await store.saveCollections(
      many
        .slice(1)
        .map(name => reading(name, at(1, 5), [evaluation({ ci: 'warn' })])),
    );
    const changes = await store.getChanges(1, undefined, 'everything', clock);
    expect(changes.reset).toBe(false);
    expect(changes.items).toHaveLength(500);
  });

  it('misses nothing while many write at once', async () => {
    const { store } = await withRepositories();
    const seen = new Map<string, number | null>();
    let since = await store.getRevision();
    let last = 0;
    const poll = async () => {
      const changes = await store.getChanges(
        since,
        undefined,
        'everything',
        clock,
      );
      expect(changes.revision).toBeGreaterThanOrEqual(last);
      last = changes.revision;
      for (const item of changes.items) seen.set(item.id, item.score);
      // A page goes on from here, so nothing at or below it may turn up later.
      since = changes.revision;
    };

    let writing = true;
    const rounds = 12;
    const writers = names.map(async (name, n) => {
      for (let round = 0; round < rounds; round += 1) {
        const passes = (round + n) % 7;
        await store.saveCollection(
          reading(name, at(1, 10 + round), [
            evaluation({
              a: { status: 'pass', weight: passes + 1 },
              b: { status: 'fail', weight: round + 1 },
            }),
          ]),
        );
      }
    });
    const reader = (async () => {
      while (writing) await poll();
    })();
    const results = await Promise.allSettled(writers);
    writing = false;
    await reader;
    await poll();
    expect(results.filter(one => one.status === 'rejected')).toEqual([]);

    expect(await store.getRevision()).toBe(1 + names.length * rounds);
    for (const name of names) {
      const row = await store.getSummary(name, '', 'everything', clock);
      expect([name, seen.get(name)]).toEqual([name, row?.score]);
    }
  });

  it('lets discovery and readings write at once', async () => {
    const { store } = await withRepositories();
    const repositories = names.map(name => repository(name));
    const writes = Array.from({ length: 6 }, (_, round) => [
      store.saveDiscovery({
        repositories,
        claims: names.map(name =>
          claim(name, name, { owner: `group:default/t${round}` }),
        ),
        at: at(1, round),
      }),
      store.saveCollections(
        [...names]
          .reverse()
          .map(name =>
            reading(name, at(1, 10 + round), [
              evaluation({ ci: round % 2 ? 'pass' : 'fail' }),
            ]),
          ),
      ),
    ]);
    await Promise.all(writes.flat());
    const changes = await store.getChanges(
      await store.getRevision(),
      undefined,
      'everything',
      clock,
    );
    expect(changes).toMatchObject({ items: [], reset: false });
    expect(new Set((await store.listClaims()).map(one => one.owner)).size).toBe(
      1,
    );
  });
});
