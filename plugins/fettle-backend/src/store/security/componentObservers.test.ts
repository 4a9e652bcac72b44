import { fromMatches } from '../../findings/fromMatches';
import { MIGRATIONS } from '../applyMigrations';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import { describeStore, testDatabases } from '../testDatabases';
import { at, claim, createStore, repository } from '../testReadings';

jest.setTimeout(180_000);

const query = { subpath: '', limit: 50 };

/** Has a scanner or tool find these components, each at 1.0.0. */
function scan(
  store: DatabaseFettleStore,
  scannerId: string,
  names: readonly string[],
  { path = '', direct = null as boolean | null, day = 2 } = {},
) {
  const components = names.map(name => ({
    ...{ ecosystem: 'npm', name, version: '1.0.0', purl: `pkg:npm/${name}` },
    ...{ path, direct, scope: 'runtime' as const },
  }));
  return store.openSecurity({ dueDays: {} }).saveScan(
    {
      ...{ repositoryId: 'a', scannerId, digest: 'd', commit: 'c1' },
      report: { components },
    },
    at(day),
  );
}

const discovery = {
  ...{ repositories: [repository('a')], claims: [claim('a', 'a')], at: at(1) },
};

describeStore('components that several tools see', init => {
  let store: DatabaseFettleStore;

  beforeEach(async () => {
    ({ store } = await init());
    await store.saveDiscovery(discovery);
  });

  const list = async () => {
    const security = store.openSecurity({ dueDays: {} });
    const { items, total } = await security.components(
      'a',
      query,
      'everything',
    );
    expect(total).toBe(items.length);
    return items.map(({ name, path }) => `${path}:${name}`);
  };

  it('stay while one of them lists them', async () => {
    await scan(store, 'One (cyclonedx)', ['left', 'right']);
    await scan(store, 'Two (cyclonedx)', ['left', 'right']);
    await scan(store, 'Two (cyclonedx)', ['right'], { day: 3 });
    expect(await list()).toEqual([':left', ':right']);
    await scan(store, 'One (cyclonedx)', [], { day: 4 });
    expect(await list()).toEqual([':right']);
  });

  it('are listed, counted and judged once', async () => {
    await scan(store, 'Two (cyclonedx)', ['left', 'right']);
    await scan(store, 'One (cyclonedx)', ['left', 'right']);
    await scan(store, 'files', ['left'], { path: 'package-lock.json' });
    const security = store.openSecurity({ dueDays: {} });
    expect(await list()).toEqual(['package-lock.json:left', ':right']);
    const of = { ecosystem: 'npm', name: 'right', limit: 10 };
    const uses = await security.packageUses(of, 'everything');
    expect(uses.items).toHaveLength(1);
    const overview = await security.overview('a', '', at(3));
    expect(overview.components).toBe(2);
    const { subjects } = await store.openPolicies().loadSubjects(['a'], {
      verdicts: false,
      components: true,
      findings: false,
    });
    expect(subjects[0].components.map(({ name }) => name)).toEqual([
      'left',
      'right',
    ]);
  });

  it('are one finding with the most that any of them tells', async () => {
    await scan(store, 'One (cyclonedx)', ['left']);
    await scan(store, 'Two (cyclonedx)', ['left'], { direct: true });
    const used = await store
      .openSecurity({ dueDays: {} })
      .usedComponents(['a']);
    const match = {
      ...{ kind: 'vulnerability' as const, rule: 'CVE-1', aliases: [] },
      ...{ title: 'It breaks', severity: 'high' as const, certain: true },
      fixedIn: [],
    };
    const { components } = used.get('a')!;
    expect(
      fromMatches(components.map(one => ({ ...one, matches: [match] }))),
    ).toMatchObject([{ component: { versions: ['1.0.0'], direct: true } }]);
  });
});

describe('the migration that tells tools apart', () => {
  const databases = testDatabases();

  it.each(databases.eachSupportedId())(
    'goes back to one row for each place, and forward again, %p',
    async id => {
      const knex = await databases.init(id);
      const store = await createStore(knex);
      await store.saveDiscovery(discovery);
      await scan(store, 'Two (cyclonedx)', ['left', 'right']);
      await scan(store, 'One (cyclonedx)', ['left']);
      const rows = () =>
        knex('repository_components').orderBy('scanner_id').pluck('scanner_id');
      const name = '20261130120400_component_observers.js';
      await knex.migrate.down({ ...MIGRATIONS, name });
      expect(await rows()).toEqual(['One (cyclonedx)', 'Two (cyclonedx)']);
      await knex.migrate.up({ ...MIGRATIONS, name });
      await scan(store, 'One (cyclonedx)', ['left', 'right'], { day: 3 });
      expect(await rows()).toHaveLength(3);
    },
  );
});
