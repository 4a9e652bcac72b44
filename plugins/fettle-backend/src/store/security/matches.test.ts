import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { fromMatches } from '../../findings/fromMatches';
import type { Visibility } from '../FettleStore';
import { describeStore } from '../testDatabases';
import { at, repository } from '../testReadings';
import type { DatabaseSecurityStore } from './DatabaseSecurityStore';

const ALL: Visibility = 'everything';
const query = { subpath: '', limit: 50 };
const MATCH = {
  ...{ kind: 'vulnerability' as const, rule: 'CVE-1', title: 'It breaks' },
  ...{ aliases: [], severity: 'high' as const, certain: true, fixedIn: [] },
};

describeStore('matches', init => {
  let security: DatabaseSecurityStore;

  beforeEach(async () => {
    const { store } = await init();
    security = store.openSecurity({ dueDays: {} });
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b'), repository('c')],
      ...{ claims: [], at: at(1) },
    });
  });

  const scan = (repositoryId: string, version: string, day = 2) => {
    const component: ComponentReport = {
      ...{ ecosystem: 'npm', name: 'left-pad', version, direct: true },
      ...{ purl: `pkg:npm/left-pad@${version}`, path: 'package-lock.json' },
      scope: 'runtime',
    };
    return security.saveScan(
      {
        ...{ repositoryId, scannerId: 'scanner', digest: 'd' },
        ...{ commit: `c${day}`, report: { components: [component] } },
      },
      at(day),
    );
  };

  type Used = Awaited<ReturnType<DatabaseSecurityStore['usedComponents']>>;

  const save = (used: Used, affected: readonly string[], day: number) =>
    security.saveMatches(
      'osv',
      [...used].map(([repositoryId, { components, stamp }]) => ({
        ...{ repositoryId, stamp },
        sightings: fromMatches(
          components.map(one => ({
            ...one,
            matches: affected.includes(repositoryId) ? [MATCH] : [],
          })),
        ),
      })),
      at(day),
    );

  it('are not saved of components that are no more', async () => {
    await scan('a', '1.0.0');
    await scan('b', '1.0.0');
    const used = await security.usedComponents(['a', 'b']);
    await scan('a', '2.0.0', 3);
    const { saved, changed } = await save(used, ['a', 'b'], 3);
    expect([...saved]).toEqual(['b']);
    expect([...changed]).toEqual(['b']);
    const { items } = await security.findings(query, ALL);
    expect(items.map(({ repositoryId }) => repositoryId)).toEqual(['b']);
  });

  it('of several repositories come into force at once', async () => {
    for (const id of ['a', 'b', 'c']) await scan(id, '1.0.0');
    const used = await security.usedComponents(['a', 'b', 'c', 'gone']);
    const first = await save(used, ['a', 'b'], 3);
    expect([...first.changed]).toEqual(['a', 'b']);
    expect([...first.saved].sort()).toEqual(['a', 'b', 'c', 'gone']);
    const { items } = await security.findings(query, ALL);
    expect(items.map(one => one.repositoryId).sort()).toEqual(['a', 'b']);
    expect(await save(used, ['a', 'b'], 4)).toMatchObject({ revision: null });
    const second = await save(used, ['b', 'c'], 4);
    expect([...second.changed]).toEqual(['a', 'c']);
    expect(await security.fleet({ days: 3, now: at(4) }, ALL)).toMatchObject({
      open: { high: 2 },
      trend: [
        { day: '2026-03-02', open: { high: 0 } },
        { day: '2026-03-03', open: { high: 2 }, opened: 2, fixed: 0 },
        { day: '2026-03-04', open: { high: 2 }, opened: 1, fixed: 1 },
      ],
    });
  });
});
