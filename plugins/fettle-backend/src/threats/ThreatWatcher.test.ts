import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { ThreatDetector, ThreatInput } from 'backstage-plugin-fettle-node';
import {
  MemoryRepositorySource,
  type MemoryRepository,
} from 'backstage-plugin-fettle-node/testUtils';
import { Registry } from '../registry/Registry';
import { ScanOverview } from '../scan/ScanOverview';
import { ScanRecords } from '../scan/ScanRecords';
import { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { reading } from '../store/testReadings';
import { ThreatWatcher } from './ThreatWatcher';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const signal = new AbortController().signal;
const logger = mockServices.logger.mock();

/** A threat is each file that was not there in the first reading. */
function newFiles(): ThreatDetector & { asked: number; failing: boolean } {
  return {
    ...{ id: 'new-files', title: 'New files', version: 1 },
    ...{ asked: 0, failing: false, perCommit: true },
    async detect({ memory, tree }: ThreatInput) {
      this.asked += 1;
      if (this.failing) throw new Error('It broke.');
      const paths = (await (await tree()).list()).map(({ path }) => path);
      const known = (memory as string[] | null) ?? paths;
      return {
        memory: known,
        findings: paths
          .filter(path => !known.includes(path))
          .map(path => ({
            ...{
              kind: 'threat' as const,
              rule: 'new-file',
              title: 'A new file',
            },
            ...{ severity: 'low' as const, path, keys: ['new-file'] as const },
            message: 'It was not there.',
          })),
      };
    },
  };
}

describe.each(databases.eachSupportedId())('threats, on %s', database => {
  let at: number;
  let source: MemoryRepositorySource;
  let repository: MemoryRepository;
  let registry: Registry;
  let security: DatabaseSecurityStore;
  let watcher: ThreatWatcher;
  let settled: () => Promise<void>;

  beforeEach(async () => {
    at = Date.parse('2026-03-01T12:00:00Z');
    source = new MemoryRepositorySource();
    repository = source.create('a/b');
    registry = new Registry();
    registry.addRepositorySource(source);
    const knex = await databases.init(database);
    const store = await DatabaseFettleStore.create({
      database: mockServices.database({ knex }),
    });
    security = store.openSecurity({ dueDays: {} });
    await store.saveDiscovery({
      repositories: [{ id: 'r', sourceId: source.id, ...repository.location }],
      ...{ claims: [], at: new Date(at) },
    });
    await store.saveCollection(reading('r', new Date(at), []));
    watcher = new ThreatWatcher({
      ...{ store, security, registry },
      records: new ScanRecords({
        ...{ security, registry, logger, onChange: () => {} },
        clock: () => new Date(at),
      }),
      clock: () => new Date(at),
      timeoutSeconds: 10,
    });
    settled = async () => {
      const { location } = repository;
      await watcher.read('r', await source.snapshot(location, { signal }));
    };
  });
  afterEach(() => watcher.stop());

  const push = async (files: Record<string, string | null>) => {
    at += 60_000;
    await repository.commit({ files, at: new Date(at).toISOString() });
  };
  const found = async (state: 'open' | 'fixed' = 'open') => {
    const query = { subpath: '', limit: 50, state: [state] };
    const { items } = await security.findings(query, 'everything');
    return items.map(({ path }) => path);
  };

  it('are found by what changed since the first reading, and are gone when it is undone', async () => {
    const detector = newFiles();
    registry.addThreatDetector(detector);
    await push({ a: '1' });
    await settled();
    expect(await found()).toEqual([]);
    await push({ b: '1' });
    await settled();
    await settled();
    expect(detector.asked).toBe(2);
    await push({ a: '2' });
    await settled();
    expect(await found()).toEqual(['b']);
    await push({ b: null });
    await settled();
    expect([await found(), await found('fixed')]).toEqual([[], ['b']]);
  });

  it('stay where a detector fails, which is told, and asked again', async () => {
    const detector = newFiles();
    registry.addThreatDetector(detector);
    await push({ a: '1' });
    await settled();
    await push({ b: '1' });
    await settled();
    detector.failing = true;
    await push({ b: null });
    await settled();
    expect(await found()).toEqual(['b']);
    const overview = new ScanOverview({ registry, security, logger });
    expect(await overview.scans('r')).toMatchObject([
      {
        ...{ scanner: 'new-files', state: 'failed' },
        reason: { message: expect.stringContaining('It broke.') },
      },
    ]);
    detector.failing = false;
    await settled();
    expect(await found()).toEqual([]);
  });

  it('are compared with the same again where the memory was not stored', async () => {
    registry.addThreatDetector(newFiles());
    await push({ a: '1' });
    const save = jest
      .spyOn(security, 'saveThreatMemory')
      .mockRejectedValueOnce(new Error('The database is gone.'));
    await settled();
    save.mockRestore();
    expect(await security.threatMemory('r', 'new-files')).toBeNull();
    await settled();
    expect(await security.threatMemory('r', 'new-files')).toEqual(['a']);
  });

  it('are not spoken of where a detector sees nothing', async () => {
    const asked: (boolean | undefined)[] = [];
    registry.addThreatDetector({
      ...{ id: 'blind', title: 'Blind', version: 1 },
      async detect({ contains, commit }) {
        asked.push(await contains(commit));
        return undefined;
      },
    });
    await push({ a: '1' });
    await settled();
    expect(asked).toEqual([undefined]);
    expect(await security.scans('r')).toEqual([]);
    const overview = new ScanOverview({ registry, security, logger });
    expect(await overview.scans('r')).toEqual([]);
  });

  it('share their ids with scanners and matchers', () => {
    registry.addThreatDetector(newFiles());
    expect(() =>
      registry.addComponentMatcher({
        ...{ id: 'new-files', title: 'x', match: async () => [] },
        changesSince: async () => ({ packages: [], cursor: '' }),
      }),
    ).toThrow("have the id 'new-files'");
  });
});
