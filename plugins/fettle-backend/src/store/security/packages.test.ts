import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { fromMatches } from '../../findings/fromMatches';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import type { Visibility } from '../FettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, repository } from '../testReadings';
import type { DatabaseSecurityStore } from './DatabaseSecurityStore';

const ALL: Visibility = 'everything';
const PAY = 'group:default/pay';
const WEB = 'group:default/web';
const seeing = (...names: string[]): Visibility => ({
  entityRefs: new Set(names.map(name => `component:default/${name}`)),
});
const left = { ecosystem: 'npm', name: 'left-pad' };

function component(
  name: string,
  version: string | null,
  given: Partial<ComponentReport> = {},
): ComponentReport {
  return {
    ...{ ecosystem: 'npm', name, version, purl: `pkg:npm/${name}` },
    ...{ path: 'package-lock.json', direct: true, scope: 'runtime' },
    ...given,
  };
}

describeStore('packages of the fleet', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;

  beforeEach(async () => {
    ({ store } = await init());
    security = store.openSecurity({ dueDays: {} });
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c'].map(id => repository(id)),
      claims: [
        claim('a', 'a', { owner: PAY }),
        claim('b', 'b', { owner: WEB }),
        claim('c', 'c', { owner: WEB }),
        // Somebody else has a folder of it.
        claim('c-api', 'c', { owner: PAY, subpath: 'api' }),
      ],
      at: at(1),
    });
    await scan('a', [
      component('left-pad', '1.2.0', { licence: 'MIT' }),
      component('gpl', '1.0.0', { licence: 'GPL-3.0-only' }),
    ]);
    await scan('b', [
      component('left-pad', '1.10.0', { licence: '(Apache-2.0 OR MIT)' }),
      component('serde', '1.0.0', { ecosystem: 'crates.io' }),
    ]);
    await scan('c', [
      component('left-pad', '2.0.0', { licence: 'MITRE' }),
      component('left-pad', null, { requirement: '^2', path: 'package.json' }),
    ]);
  });

  const scan = (id: string, components: ComponentReport[]) =>
    security.saveScan(
      {
        ...{ repositoryId: id, scannerId: 'scanner', digest: 'd' },
        ...{ commit: 'c1', report: { components } },
      },
      at(2),
    );

  const breaks = async (id: string) => {
    const used = (await security.usedComponents([id])).get(id)!;
    const sightings = fromMatches(
      used.components.map(one => ({
        ...one,
        matches:
          one.name === 'left-pad'
            ? [
                {
                  ...{ kind: 'vulnerability' as const, rule: 'CVE-1' },
                  ...{ title: 'It breaks', severity: 'high' as const },
                  ...{ aliases: [], certain: true, fixedIn: [] },
                },
              ]
            : [],
      })),
    );
    const given = { repositoryId: id, stamp: used.stamp, sightings };
    return security.saveMatches('osv', [given], at(2));
  };

  const list = async (given: object, visibility: Visibility = ALL) => {
    const page = await security.packages({ limit: 10, ...given }, visibility);
    return page.items.map(one => [
      ...[one.name, one.repositories, one.findings],
      one.versions.map(({ version }) => version).sort(),
    ]);
  };

  it('narrows packages by owner, licence and ecosystem, and counts only those uses', async () => {
    await breaks('a');
    await breaks('b');
    expect(await list({ owner: PAY })).toEqual([
      ['left-pad', 2, 1, [null, '1.2.0', '2.0.0'].sort()],
      ['gpl', 1, 0, ['1.0.0']],
    ]);
    // MITRE is another licence.
    expect(await list({ licence: 'mit' })).toEqual([
      ['left-pad', 2, 2, ['1.10.0', '1.2.0']],
    ]);
    expect(await list({ licence: 'MIT', owner: WEB })).toEqual([
      ['left-pad', 1, 1, ['1.10.0']],
    ]);
    expect(await list({ licence: '(Apache-2.0 OR MIT)' })).toEqual([
      ['left-pad', 1, 1, ['1.10.0']],
    ]);
    expect(await list({ ecosystem: 'crates.io' })).toEqual([
      ['serde', 1, 0, ['1.0.0']],
    ]);
    expect(await list({ licence: '%' })).toEqual([]);
  });

  it('counts nothing that the reader may not see', async () => {
    await breaks('a');
    expect(await list({}, seeing('c'))).toEqual([
      ['left-pad', 1, 0, [null, '2.0.0'].sort()],
    ]);
    // That a folder of it is theirs, this reader does not know.
    expect(await list({ owner: PAY }, seeing('c'))).toEqual([]);
    expect(await list({ owner: PAY }, seeing('c-api'))).toHaveLength(1);
    const choices = async (visibility: Visibility) => {
      const none = { limit: 1, search: 'x' };
      const page = await security.packages(none, visibility);
      return [page.ecosystems, page.owners];
    };
    expect(await choices(ALL)).toEqual([
      ['crates.io', 'npm'],
      [PAY, WEB],
    ]);
    expect(await choices(seeing('a'))).toEqual([['npm'], [PAY]]);
    const { items } = await security.packageVersions({}, seeing('b'));
    expect(items).toMatchObject([
      { name: 'left-pad', version: '1.10.0', repositories: 1 },
      { name: 'serde' },
    ]);
  });

  it('pages through packages of as many repositories', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await security.packages({ limit: 1, cursor }, ALL);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(['left-pad', 'gpl', 'serde']);
    for (const wrong of ['1', 'WyJhIiwiYiIsImMiXQ', '["1"]']) {
      await expect(
        security.packages({ limit: 1, cursor: wrong }, ALL),
      ).rejects.toThrow('The cursor is not one that this list gave.');
    }
  });

  it('finds uses in a range, and says which cannot be compared', async () => {
    const uses = async (given: object, visibility: Visibility = ALL) => {
      const page = await security.packageUses(
        { ...left, limit: 10, ...given },
        visibility,
      );
      return {
        ...{ total: page.total, notComparable: page.notComparable },
        items: page.items.map(({ repositoryId, version, comparable }) => [
          ...[repositoryId, version, comparable],
        ]),
      };
    };
    expect(await uses({ range: '>=1.3 <2.0.1' })).toEqual({
      ...{ total: 3, notComparable: 1 },
      items: expect.arrayContaining([
        ['b', '1.10.0', true],
        ['c', '2.0.0', true],
        ['c', null, false],
      ]),
    });
    expect(await uses({ range: '<1.10' }, seeing('a', 'b'))).toEqual({
      ...{ total: 1, notComparable: 0, items: [['a', '1.2.0', true]] },
    });
    expect(await uses({ range: '>=1', owner: WEB, licence: 'MIT' })).toEqual({
      ...{ total: 1, notComparable: 0, items: [['b', '1.10.0', true]] },
    });
    expect(await uses({})).toMatchObject({ total: 4, notComparable: 0 });
    const ownersOf = async (name: string, visibility: Visibility = ALL) =>
      (
        await security.packageUses(
          { ecosystem: 'npm', name, limit: 1, range: '>9' },
          visibility,
        )
      ).owners;
    expect(await ownersOf('left-pad')).toEqual([PAY, WEB]);
    expect(await ownersOf('left-pad', seeing('c'))).toEqual([WEB]);
    expect(await ownersOf('gpl')).toEqual([PAY]);
    await expect(uses({ range: '^1' })).rejects.toThrow(
      "'^1' is no version of npm",
    );
  });

  it('lists every version in use, with how many use it', async () => {
    await scan('b', [
      component('left-pad', '1.2.0', { licence: 'MIT' }),
      component('left-pad', '1.2.0', { path: 'web/package-lock.json' }),
    ]);
    const { items, nextCursor } = await security.packageVersions(
      { search: 'LEFT' },
      ALL,
    );
    expect(nextCursor).toBeNull();
    expect(
      items.map(({ version, repositories }) => [version, repositories]),
    ).toEqual([
      [null, 1],
      ['1.2.0', 2],
      ['2.0.0', 1],
    ]);
    expect(items[1]).toMatchObject({
      ...{ ...left, purl: 'pkg:npm/left-pad', licence: 'MIT' },
      newest: { version: '2.0.0', from: 'fleet' },
      behind: { step: 'major', by: 1 },
    });
  });
});
