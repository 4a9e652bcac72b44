import { describeStore } from '../testDatabases';
import { at, repository } from '../testReadings';

jest.setTimeout(180_000);

describeStore('claimDue', init => {
  async function withRepositories(count: number) {
    const { store, knex } = await init();
    const names = Array.from({ length: count }, (_, i) => `r${i + 100}`);
    await store.saveDiscovery({
      repositories: names.map(name => repository(name)),
      claims: [],
      at: at(1),
    });
    return { store, knex, names };
  }

  it('takes the longest due first, and again after the lease', async () => {
    const { store } = await withRepositories(3);
    const claim = (seconds: number, limit: number) =>
      store.claimDue({
        now: at(1, seconds),
        leaseUntil: at(1, seconds + 100),
        limit,
      });
    expect(await claim(0, 1)).toEqual(['r100']);
    expect(await claim(1, 1)).toEqual(['r101']);
    expect(await claim(2, 9)).toEqual(['r102']);
    expect(await claim(3, 9)).toEqual([]);
    expect(await claim(101, 9)).toEqual(['r100', 'r101']);
  });

  it('makes due now what is not due, and leaves what is', async () => {
    const { store } = await withRepositories(2);
    const claim = (seconds: number) =>
      store.claimDue({ now: at(1, seconds), leaseUntil: at(2), limit: 1 });
    await store.markDue('r101', at(1, 5));
    expect(await claim(5)).toEqual(['r100']);
    expect(await claim(5)).toEqual(['r101']);
    expect(await claim(6)).toEqual([]);
    await store.markDue('r101', at(1, 7));
    expect(await claim(7)).toEqual(['r101']);
    await store.markDue('gone', at(1, 7));
  });

  it('gives each repository to one of many claimers', async () => {
    const { store, names } = await withRepositories(300);
    const claimer = async () => {
      const taken: string[] = [];
      for (;;) {
        const ids = await store.claimDue({
          now: at(1),
          leaseUntil: at(2),
          limit: 7,
        });
        if (ids.length === 0) return taken;
        taken.push(...ids);
      }
    };
    const all = await Promise.all([claimer(), claimer(), claimer()]);
    expect(all.flat().sort()).toEqual(names);
  });

  it('does not wait for a repository that is being written', async () => {
    const { store, knex } = await withRepositories(2);
    // SQLite has one writer at a time: there is nothing to pass by.
    if (knex.client.config.client !== 'pg') return;
    await knex.transaction(async trx => {
      await trx('repositories').where({ id: 'r100' }).forUpdate().first('id');
      expect(
        await store.claimDue({ now: at(1), leaseUntil: at(2), limit: 9 }),
      ).toEqual(['r101']);
    });
  });
});
