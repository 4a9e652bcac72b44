import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ComponentMatch,
  ComponentMatcher,
  PackageKey,
  Scanner,
} from 'backstage-plugin-fettle-node';
import {
  MemoryRepositorySource,
  type MemoryRepository,
} from 'backstage-plugin-fettle-node/testUtils';
import { Matching } from '../match/Matching';
import { Registry } from '../registry/Registry';
import { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { reading } from '../store/testReadings';
import { RepositoryScanner } from './RepositoryScanner';
import { ScanRecords } from './ScanRecords';
import { ScanPool } from './ScanPool';

/** Lines of `deps` are components, lines of `notes` that say so are findings. */
const PROGRAM = `exports.scan = ({ files, options }) => {
  if (files.some(({ text }) => text.includes('CRASH'))) throw new Error('It broke.');
  return {
    components: files.filter(f => f.path === 'deps').flatMap(f => f.text.split('\\n').filter(Boolean).map(line => {
      const [name, version] = line.split('@');
      return { ecosystem: 'npm', name, version, purl: 'pkg:npm/' + name, path: f.path, direct: true, scope: 'runtime' };
    })),
    publishes: files.filter(f => f.path === 'own').map(f => ({ ecosystem: 'npm', name: f.text, path: f.path })),
    findings: files.filter(f => f.text.includes(options.word)).map(f => ({
      kind: 'misconfiguration', rule: 'word', title: 'A word', severity: 'low',
      path: f.path, line: 1, keys: ['word'], message: 'It says it.',
    })),
  };
};`;

class Advisories implements ComponentMatcher {
  readonly id = 'advisories';
  readonly title = 'Advisories';
  bad = new Map<string, string>();
  changed: PackageKey[] = [];
  failing = false;
  #seq = 0;

  learn(name: string, rule: string) {
    this.bad.set(name, rule);
    this.changed.push({ ecosystem: 'npm', name });
    this.#seq += 1;
  }

  async match(components: readonly { name: string }[]) {
    if (this.failing) throw new Error('The database is gone.');
    return components.map(({ name }): ComponentMatch[] => {
      const rule = this.bad.get(name);
      if (!rule) return [];
      return [
        {
          ...{ kind: 'vulnerability', rule, aliases: [], title: rule },
          ...{ severity: 'high', fixedIn: [], certain: true },
        },
      ];
    });
  }

  async changesSince() {
    return { packages: this.changed, cursor: String(this.#seq) };
  }
}

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const signal = new AbortController().signal;
let folder: string;
let pool: ScanPool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-scan-'));
  await writeFile(join(folder, 'program.js'), PROGRAM);
  pool = new ScanPool({ processes: 1, timeoutMs: 5_000, memoryMiB: 64 });
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

describe('a repository that is scanned', () => {
  let now: Date;
  let source: MemoryRepositorySource;
  let repository: MemoryRepository;
  let security: DatabaseSecurityStore;
  let store: DatabaseFettleStore;
  let advisories: Advisories;
  let matching: Matching;
  let changes: number;
  let word: string;

  beforeEach(async () => {
    now = new Date('2026-03-01T12:00:00Z');
    word = 'BAD';
    changes = 0;
    source = new MemoryRepositorySource();
    repository = source.create('a/b');
    const knex = await databases.init('SQLITE_3');
    store = await DatabaseFettleStore.create({
      database: mockServices.database({ knex }),
    });
    security = store.openSecurity({ dueDays: {} });
    await store.saveDiscovery({
      repositories: [{ id: 'r', sourceId: source.id, ...repository.location }],
      claims: [],
      at: now,
    });
    advisories = new Advisories();
    matching = new Matching({
      ...{ security, logger: mockServices.logger.mock() },
      matchers: new Map([[advisories.id, advisories]]),
      clock: () => now,
      onChange: () => {
        changes += 1;
      },
    });
  });

  /** Pushes, has the push read, and scans with what a portal started now would know. */
  async function push(files: Record<string, string | Buffer | null>) {
    const commit = await repository.commit({ files, at: now.toISOString() });
    await store.saveCollection(reading('r', now, [], { commit }));
    now = new Date(now.getTime() + 3_600_000);
    await scan();
    return commit;
  }

  async function scan() {
    const registry = new Registry();
    registry.addRepositorySource(source);
    const scanner: Scanner = {
      ...{ id: 'words', title: 'Words', version: 1, options: { word } },
      wants: ({ path }) => ['deps', 'notes', 'own', 'blob'].includes(path),
      mayBeData: ({ path }) => path === 'blob',
      publishes: true,
      ...{ maxFileBytes: 1000, program: join(folder, 'program.js') },
    };
    registry.addScanner(scanner);
    const records = new ScanRecords({
      ...{ security, registry, logger: mockServices.logger.mock() },
      clock: () => now,
      onChange: () => {
        changes += 1;
      },
    });
    await new RepositoryScanner({
      ...{ store, security, registry, records, pool, timeoutSeconds: 10 },
      publications: store.openPublications({ clock: () => now }),
      match: (id, until) => matching.match(id, until),
    }).scan('r', signal);
  }

  async function rules(state: 'open' | 'fixed' = 'open') {
    const query = { subpath: '', limit: 50, state: [state] };
    const { items } = await security.findings(query, 'everything');
    return items.map(({ rule }) => rule).sort();
  }

  it('publishes what its head says', async () => {
    const publications = store.openPublications({ clock: () => now });
    const names = async () => {
      const { publications: all } = await publications.changedSince(0);
      return all.flatMap(({ name, gone }) => (gone ? [] : [name]));
    };
    await push({ own: 'ledger', deps: 'a@1' });
    expect(await names()).toEqual(['ledger']);
    // It is larger than what is read.
    await push({ own: 'x'.repeat(2_000) });
    expect(await names()).toEqual(['ledger']);
    await push({ own: null, deps: null });
    expect(await names()).toEqual([]);
  });

  it('has the components and findings of its head, and once only', async () => {
    const commit = await push({ deps: 'a@1\nb@2', notes: 'BAD' });
    expect(await rules()).toEqual(['word']);
    const used = await security.usedComponents(['r']);
    expect(used.get('r')!.components).toHaveLength(2);
    expect(await security.scans('r')).toMatchObject([{ state: 'ok', commit }]);
    const told = changes;
    await scan();
    expect(changes).toBe(told);
    await push({ notes: 'fine' });
    expect(await rules()).toEqual([]);
    expect(await rules('fixed')).toEqual(['word']);
  });

  it('is scanned again when the scanner is told something else', async () => {
    await push({ notes: 'GOOD' });
    expect(await rules()).toEqual([]);
    word = 'GOOD';
    await scan();
    expect(await rules()).toEqual(['word']);
  });

  it('keeps what was found when a scan fails, and tries again later', async () => {
    await push({ notes: 'BAD' });
    await push({ notes: 'CRASH' });
    expect(await rules()).toEqual(['word']);
    expect(await security.scans('r')).toMatchObject([
      {
        state: 'failed',
        reason: { message: expect.stringContaining('It broke.') },
      },
    ]);
    await push({ notes: 'fine' });
    expect(await rules()).toEqual([]);
  });

  it('is tried again at once where something else is to be scanned, and waits otherwise', async () => {
    const failures = async () => (await security.scans('r'))[0].failures;
    await push({ notes: 'CRASH' });
    await scan();
    expect(await failures()).toBe(1);
    now = new Date(now.getTime() + 60_000);
    await scan();
    expect(await failures()).toBe(2);
    // The wait is two minutes now.
    now = new Date(now.getTime() + 60_000);
    await scan();
    expect(await failures()).toBe(2);
    word = 'CRASH';
    await scan();
    expect(await failures()).toBe(1);
    const commit = await repository.commit({
      ...{ files: { notes: 'CRASH again' }, at: now.toISOString() },
    });
    await store.saveCollection(reading('r', now, [], { commit }));
    await scan();
    expect(await failures()).toBe(1);
    // A clock that was put back must not keep it waiting.
    now = new Date(now.getTime() - 3_600_000);
    await scan();
    expect(await failures()).toBe(2);
  });

  it('says which files were too large', async () => {
    await push({ notes: 'BAD'.repeat(1000) });
    expect(await security.scans('r')).toMatchObject([
      { state: 'partial', problems: [{ path: 'notes' }] },
    ]);
  });

  it.each([
    ['grew', 'BAD'.repeat(1000)],
    ['is in another encoding', Buffer.from('\ufeffa@1\r\n', 'utf16le')],
    ['became binary', 'BAD\0'],
  ])('keeps what was in a file that %s, and tells of it', async (_, text) => {
    advisories.learn('a', 'CVE-1');
    await push({ deps: 'a@1', blob: 'BAD' });
    expect(await rules()).toEqual(['CVE-1', 'word']);
    await push({ deps: text, blob: text });
    expect(await rules()).toEqual(['CVE-1', 'word']);
    // What may be data is not worth a word.
    expect(await security.scans('r')).toMatchObject([
      { state: 'partial', problems: [{ path: 'deps' }] },
    ]);
    await push({ deps: null, blob: null });
    expect(await rules()).toEqual([]);
    expect(await security.scans('r')).toMatchObject([{ state: 'ok' }]);
  });

  it('has what is known against its components, and what is learned later', async () => {
    advisories.learn('a', 'CVE-1');
    await push({ deps: 'a@1\nb@2' });
    expect(await rules()).toEqual(['CVE-1']);
    advisories.learn('b', 'CVE-2');
    await matching.sweep();
    expect(await rules()).toEqual(['CVE-1', 'CVE-2']);
    const told = changes;
    await matching.sweep();
    expect(changes).toBe(told);
    await push({ deps: 'b@2' });
    expect(await rules()).toEqual(['CVE-2']);
  });

  it('keeps its findings while a matcher fails, and catches up', async () => {
    advisories.learn('a', 'CVE-1');
    await push({ deps: 'a@1' });
    advisories.failing = true;
    advisories.learn('a', 'CVE-9');
    await matching.sweep();
    await push({ deps: 'a@1\nb@1' });
    expect(await rules()).toEqual(['CVE-1']);
    advisories.failing = false;
    await matching.sweep();
    expect(await rules()).toEqual(['CVE-9']);
  });
});
