import type { ComponentReport } from 'backstage-plugin-fettle-node';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import type { Visibility } from '../FettleStore';
import type { DatabaseSecurityStore } from '../security/DatabaseSecurityStore';
import { describeStore } from '../testDatabases';
import { at, claim, repository } from '../testReadings';

const ALL: Visibility = 'everything';
const query = { subpath: '', limit: 50 };

const component = (
  name: string,
  version: string | null,
  ecosystem = 'npm',
): ComponentReport => ({
  ...{ ecosystem, name, version, purl: `pkg:npm/${name}` },
  ...{ path: 'lock', direct: true, scope: 'runtime' },
});

describeStore('how far behind components are', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;

  beforeEach(async () => {
    ({ store } = await init());
    security = store.openSecurity({ dueDays: {} });
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b')],
      claims: [claim('a', 'a'), claim('b', 'b')],
      at: at(1),
    });
    const scans: [string, ComponentReport[]][] = [
      [
        'a',
        [
          ...[component('told', '9.0.0'), component('seen', '1.2.3')],
          ...[component('asks', null), component('image', '1.0', 'docker')],
        ],
      ],
      [
        'b',
        [component('told', '10.0.0'), component('seen', '1.10.0')].concat(
          component('seen', '2.0.0-rc.1'),
        ),
      ],
    ];
    for (const [repositoryId, components] of scans) {
      await security.saveScan(
        {
          ...{ repositoryId, scannerId: 's', digest: 'd', commit: 'c' },
          report: { components },
        },
        at(2),
      );
    }
    const releases = store.openReleases();
    const options = { ecosystems: ['npm'], now: at(3), limit: 10 };
    await releases.plan(options);
    for (const { id, name } of await releases.due(options)) {
      const told = name === 'told';
      const problem = { code: 'not-found', message: 'no', action: 'none' };
      await releases.saveAnswer(id, {
        newest: told ? { version: '12.0.1', publishedAt: null } : null,
        problem: told ? null : problem,
        ...{ at: at(3), dueAt: at(4) },
      });
    }
  });

  const standing = async (visibility: Visibility = ALL, given = {}) => {
    const page = await security.components(
      ...(['a', { ...query, ...given }, visibility] as const),
    );
    expect(page.total).toBe(page.items.length);
    return Object.fromEntries(
      page.items.map(({ name, newest, behind }) => [
        name,
        [newest?.from, newest?.version, behind?.step, behind?.by],
      ]),
    );
  };

  it('is told by registries, else by the fleet, else not known', async () => {
    expect(await standing()).toEqual({
      told: ['registry', '12.0.1', 'major', 3],
      seen: ['fleet', '1.10.0', 'minor', 8],
      asks: [undefined, undefined, undefined, undefined],
      image: [undefined, undefined, undefined, undefined],
    });
    const { items } = await security.components('a', query, ALL);
    const checkedAt = at(3).toISOString();
    expect(items.find(({ name }) => name === 'seen')!.newest).toMatchObject({
      ...{ checkedAt, problem: { code: 'not-found' } },
    });
  });

  it('tells nothing of repositories that the reader may not see', async () => {
    const mine = { entityRefs: new Set(['component:default/a']) };
    expect((await standing(mine)).seen).toEqual(['fleet', '1.2.3', 'none', 0]);
  });

  it('is a filter in which what is not known is on neither side', async () => {
    expect(Object.keys(await standing(ALL, { behind: true })).sort()).toEqual([
      'seen',
      'told',
    ]);
    const mine = { entityRefs: new Set(['component:default/a']) };
    const newest = await standing(mine, { behind: false, search: 'e' });
    expect(Object.keys(newest)).toEqual(['seen']);
  });

  it('stands beside every version in use over the fleet', async () => {
    const { items } = await security.packages({ limit: 10 }, ALL);
    const seen = items.find(({ name }) => name === 'seen')!;
    expect(seen.newest).toMatchObject({ version: '1.10.0', from: 'fleet' });
    const steps = seen.versions.map(({ version, behind }) => [
      ...[version, behind?.step],
    ]);
    expect(steps.sort()).toEqual([
      ['1.10.0', 'none'],
      ['1.2.3', 'minor'],
      ['2.0.0-rc.1', 'none'],
    ]);
    const uses = await security.packageUses(
      { ecosystem: 'npm', name: 'told', limit: 10 },
      ALL,
    );
    expect(uses.items.map(({ behind }) => behind)).toEqual([
      { step: 'major', by: 3 },
      { step: 'major', by: 2 },
    ]);
  });
});
