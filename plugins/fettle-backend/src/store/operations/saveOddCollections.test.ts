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

describeStore('saveCollection of what is odd', init => {
  const clock = clockAt(at(1, 100));

  async function withRepository() {
    const { store, knex } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [claim('svc', 'a')],
      at: at(1),
    });
    return { store, knex };
  }

  it('says why an empty repository has nothing to judge', async () => {
    const { store } = await withRepository();
    const result = await store.saveCollection(
      reading('a', at(1, 10), [evaluation({ ci: 'unknown' })], {
        snapshot: {
          defaultBranch: null,
          head: null,
          headless: { message: 'No commit', action: 'Push one' },
          branches: [],
          branchCount: 0,
          shallow: false,
        },
      }),
    );
    expect(result.change).toMatchObject({ state: 'empty', to: null });
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      state: 'empty',
      reason: { code: 'empty', message: 'No commit', action: 'Push one' },
      score: null,
      level: 'unknown',
      head: null,
    });
  });

  it('stores text that PostgreSQL would refuse', async () => {
    const { store } = await withRepository();
    const odd = 'a\0b\ud800c\\u0000';
    const given = {
      status: 'fail' as const,
      message: odd,
      evidence: [{ message: odd, path: odd }],
    };
    const collection = (seconds: number) =>
      reading('a', at(1, seconds), [evaluation({ ci: given })], {
        commit: odd,
      });
    await store.saveCollection(collection(10));
    expect(await store.getVerdicts('a', '')).toMatchObject([
      { message: 'a\ufffdb\ufffdc\\u0000' },
    ]);
    expect(await store.saveCollection(collection(20))).toEqual({
      revision: null,
    });
    expect(await store.getSummary('a\0', '\ud800', 'everything', clock)).toBe(
      undefined,
    );
    const found = await store.listRepositories(
      query({ search: '\0', owner: ['\0\ud800'], check: '\0' }),
      'everything',
      clock,
    );
    expect(found.total).toBe(0);
  });
});
