import type { ComponentReport } from 'backstage-plugin-fettle-node';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, repository } from '../testReadings';
import type { DatabaseReleaseStore } from './DatabaseReleaseStore';

const component = (
  name: string,
  given: Partial<ComponentReport> = {},
): ComponentReport => ({
  ...{ ecosystem: 'npm', name, version: '1.0.0', purl: `pkg:npm/${name}` },
  ...{ path: 'package-lock.json', direct: false, scope: 'runtime' as const },
  ...given,
});

describeStore('what registries told', init => {
  let store: DatabaseFettleStore;
  let releases: DatabaseReleaseStore;
  const options = { ecosystems: ['npm'], now: at(5), limit: 10 };

  const scan = (components: ComponentReport[], day: number) =>
    store.openSecurity({ dueDays: {} }).saveScan(
      {
        ...{ repositoryId: 'a', scannerId: 's', digest: 'd' },
        ...{ commit: `c${day}`, report: { components } },
      },
      at(day),
    );

  beforeEach(async () => {
    ({ store } = await init());
    releases = store.openReleases();
    await store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [claim('a', 'a')] },
      at: at(1),
    });
    await scan(
      [
        ...[component('deep'), component('__proto__')],
        component('asked-for', { direct: true }),
        component('other', { ecosystem: 'PyPI' }),
      ],
      2,
    );
  });

  const due = async (given = {}) =>
    (await releases.due({ ...options, ...given })).map(({ name }) => name);

  it('is asked for what is used: direct first, then the oldest', async () => {
    expect(await due()).toEqual([]);
    await releases.plan({ ...options, limit: 2, now: at(3) });
    await releases.plan({ ...options, now: at(4) });
    const [first, ...rest] = await due();
    expect(first).toBe('asked-for');
    expect(rest.sort()).toEqual(['__proto__', 'deep']);
    expect(await due({ limit: 1 })).toEqual(['asked-for']);
    expect(await due({ ecosystems: ['PyPI'] })).toEqual([]);
  });

  it('is not asked again before it is due, and forgets what nobody uses', async () => {
    await releases.plan(options);
    const [first] = await releases.due(options);
    await releases.saveAnswer(first.id, {
      newest: { version: '2.0.0', publishedAt: at(1).toISOString() },
      ...{ problem: null, at: at(5), dueAt: at(6) },
    });
    expect(await due()).not.toContain('asked-for');
    expect(await due({ now: at(6) })).toContain('asked-for');
    const problem = { code: 'failed', message: 'it broke', action: 'wait' };
    await releases.saveFailure(first.id, { problem, dueAt: at(8) });
    expect(await due({ now: at(7) })).not.toContain('asked-for');
    const row = await store
      .knex('package_releases')
      .where({ package_id: first.id })
      .first();
    expect(row).toMatchObject({ newest: '2.0.0', direct: 1 });
    expect(JSON.parse(row.problem)).toEqual(problem);
    await scan([component('deep')], 9);
    expect(await due({ now: at(9) })).toEqual(['deep']);
    expect(await store.knex('package_releases')).toHaveLength(1);
  });
});
