import type { ScanReport } from 'backstage-plugin-fettle-node';
import { fromMatches } from '../../findings/fromMatches';
import { describeStore } from '../testDatabases';
import { at, repository } from '../testReadings';
import type { DatabaseSecurityStore } from './DatabaseSecurityStore';

const query = { subpath: '', limit: 50 };
const LOCK = 'https://h/a/c1/package-lock.json#7';

describeStore('places on the host', init => {
  let security: DatabaseSecurityStore;

  beforeEach(async () => {
    const { store } = await init();
    security = store.openSecurity({
      dueDays: {},
      fileUrl: ({ name }, { commit, path, line }) =>
        commit && path
          ? `https://h/${name}/${commit}/${path}#${line}`
          : undefined,
    });
    await store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [], at: at(1) },
    });
    await scan('components', 'c1', {
      components: [
        {
          ...{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
          ...{ purl: 'pkg:npm/left-pad', path: 'package-lock.json', line: 7 },
          ...{ direct: true, scope: 'runtime' },
        },
      ],
    });
  });

  const scan = (scannerId: string, commit: string, report: ScanReport) =>
    security.saveScan(
      { ...{ repositoryId: 'a', scannerId, digest: 'd', commit }, report },
      at(2),
    );
  const list = async (state: 'open' | 'fixed' = 'open') => {
    const of = { ...query, state: [state] };
    return (await security.findings(of, 'everything', 'a')).items;
  };
  const secret = (path: string | null) => ({
    ...{ kind: 'secret' as const, rule: 'cloud-key', title: 'Key of a cloud' },
    ...{ severity: 'critical' as const, path, line: 3, message: 'A key' },
    keys: [`hmac:${path}`] as [string],
  });

  it('are those of the commit in which they were scanned', async () => {
    await scan('secrets', 'c2', { findings: [secret('.env'), secret(null)] });
    const found = await list();
    expect(new Set(found.map(({ path, url }) => [path, url]))).toEqual(
      new Set([
        ['.env', 'https://h/a/c2/.env#3'],
        [null, null],
      ]),
    );
    const { fixFirst } = await security.overview('a', '', at(2));
    expect(fixFirst.map(({ url }) => url)).toEqual(found.map(one => one.url));
    const { id, url } = found.find(({ path }) => path !== null)!;
    const details = await security.finding(id, 'everything');
    expect(details!.evidence).toMatchObject([{ path: '.env', line: 3, url }]);
  });

  it('of what was matched are those of its components', async () => {
    const [{ url }] = (await security.components('a', query, 'everything'))
      .items;
    expect(url).toBe(LOCK);
    const use = { ecosystem: 'npm', name: 'left-pad', limit: 5 };
    const { items } = await security.packageUses(use, 'everything');
    expect(items[0].url).toBe(LOCK);
    const used = await security.usedComponents(['a']);
    const { components, stamp } = used.get('a')!;
    const match = {
      ...{ kind: 'vulnerability' as const, rule: 'CVE-1', aliases: [] },
      ...{ title: 'It breaks', severity: 'high' as const, certain: true },
      fixedIn: [],
    };
    const sightings = fromMatches(
      components.map(one => ({ ...one, matches: [match] })),
    );
    const given = { repositoryId: 'a', stamp, sightings };
    await security.saveMatches('osv', [given], at(2));
    expect(await list()).toMatchObject([{ rule: 'CVE-1', url: LOCK }]);
  });

  it('are none for what is fixed', async () => {
    await scan('secrets', 'c1', { findings: [secret('.env')] });
    await scan('secrets', 'c2', {});
    expect(await list('fixed')).toMatchObject([{ path: '.env', url: null }]);
  });
});
