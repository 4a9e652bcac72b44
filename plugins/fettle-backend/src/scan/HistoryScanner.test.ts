import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SourceError,
  type CommitAdditions,
  type RepositoryLocation,
  type Scanner,
} from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { Registry } from '../registry/Registry';
import { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { reading } from '../store/testReadings';
import { HistoryScanner } from './HistoryScanner';
import { ScanPool } from './ScanPool';
import { ScanRecords } from './ScanRecords';

/** Each line with a word of the option is a finding. */
const PROGRAM = `exports.scan = ({ files, options }) => {
  if (files.some(({ text }) => text.includes('CRASH'))) throw new Error('It broke.');
  return { problems: files.filter(f => f.text.includes('MUCH')).map(({ path }) => (
    { path, message: 'Too much.', action: 'Split it.' })), findings: files.flatMap(({ path, text }) => text.split('\\n').flatMap((line, i) =>
    line.includes(options.word) ? [{ kind: 'secret', rule: line, title: 'A word', severity: 'low',
      path, line: i + 1, keys: [line], message: 'It is there.' }] : [])) };
};`;

/** Tells of commits as a test wrote them down. */
class ToldHistory extends MemoryRepositorySource {
  commits: CommitAdditions[] = [];
  asked: (string | undefined)[] = [];

  push(commit: string, files: Record<string, string>, given: object = {}) {
    this.commits.push({
      ...{ commit, author: 'Ada', committedAt: '2026-02-03T10:00:00.000Z' },
      cut: false,
      added: Object.entries(files).map(([path, text]) => ({
        ...{ path, text },
        lines: text.split('\n').map((_, i) => i + 7),
      })),
      ...given,
    });
  }

  async *readHistory(
    _location: RepositoryLocation,
    _commit: string,
    { since }: { since?: string },
  ) {
    this.asked.push(since);
    const at = this.commits.findIndex(({ commit }) => commit === since);
    if (since && at === -1) {
      throw new SourceError('moved', 'It was rewritten.', 'Nothing.');
    }
    yield* this.commits.slice(at + 1);
  }
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const signal = new AbortController().signal;
let folder: string;
let pool: ScanPool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-history-'));
  await writeFile(join(folder, 'program.js'), PROGRAM);
  pool = new ScanPool({ processes: 1, timeoutMs: 5_000, memoryMiB: 64 });
});
afterAll(async () => {
  await pool.stop();
  await rm(folder, { recursive: true });
});

describe.each(databases.eachSupportedId())('a history, on %s', database => {
  let now: Date;
  let source: ToldHistory;
  let security: DatabaseSecurityStore;
  let store: DatabaseFettleStore;
  let word: string;

  beforeEach(async () => {
    now = new Date('2026-03-01T12:00:00Z');
    word = 'BAD';
    source = new ToldHistory();
    const knex = await databases.init(database);
    store = await DatabaseFettleStore.create({
      database: mockServices.database({ knex }),
    });
    security = store.openSecurity({
      dueDays: {},
      fileUrl: (_, { commit, path, line }) => `${commit}/${path}#${line}`,
    });
    const { location } = source.create('a/b');
    await store.saveDiscovery({
      repositories: [{ id: 'r', sourceId: source.id, ...location }],
      ...{ claims: [], at: now },
    });
  });

  async function scan(commit: string) {
    await store.saveCollection(reading('r', now, [], { commit }));
    now = new Date(now.getTime() + 3_600_000);
    const registry = new Registry();
    registry.addRepositorySource(source);
    const scanner: Scanner = {
      ...{ id: 'words', title: 'Words', version: 1, options: { word } },
      ...{ history: true, wants: ({ path }) => path !== 'lock' },
      program: join(folder, 'program.js'),
    };
    registry.addScanner(scanner);
    const records = new ScanRecords({
      ...{ security, registry, clock: () => now, onChange: () => {} },
      logger: mockServices.logger.mock(),
    });
    await new HistoryScanner({
      ...{ store, security, registry, records, pool, timeoutSeconds: 10 },
    }).scan('r', signal);
  }

  async function rules(state: 'open' | 'fixed' = 'open') {
    const query = { subpath: '', limit: 50, state: [state] };
    const { items } = await security.findings(query, 'everything');
    return items.map(({ rule }) => rule).sort();
  }

  it('is scanned once for each commit, and what it held stays', async () => {
    source.push('c1', { a: 'BAD 1\nBAD 2', lock: 'BAD 3' });
    source.push('c2', { a: 'fine' });
    await scan('c2');
    expect(await rules()).toEqual(['BAD 1', 'BAD 2']);
    source.push('c3', { a: 'BAD 4' });
    await scan('c3');
    await scan('c3');
    expect(await rules()).toEqual(['BAD 1', 'BAD 2', 'BAD 4']);
    expect(source.asked).toEqual([undefined, 'c2']);
  });

  it('says in which commit it was, and gives no line of the head', async () => {
    source.push('c1', { a: 'fine\nBAD' });
    source.push('c2', { a: 'fine' });
    await scan('c2');
    const query = { subpath: '', limit: 50 };
    const { items } = await security.findings(query, 'everything');
    expect(items).toMatchObject([{ path: 'a', line: null, url: 'c1/a#8' }]);
    const details = await security.finding(items[0].id, 'everything');
    expect(details!.evidence).toMatchObject([
      {
        message:
          'words in the history: It is there. At line 8 of commit c1 of 2026-02-03 by Ada.',
      },
    ]);
  });

  it('is scanned whole after it was rewritten, and what is gone from it is fixed', async () => {
    source.push('c1', { a: 'BAD 1', b: 'BAD 2' });
    await scan('c1');
    source.commits = [];
    source.push('c9', { b: 'BAD 2' });
    await scan('c9');
    expect(source.asked).toEqual([undefined, 'c1', undefined]);
    expect(await rules()).toEqual(['BAD 2']);
    expect(await rules('fixed')).toEqual(['BAD 1']);
  });

  it('is scanned whole by a scanner that was told something else', async () => {
    source.push('c1', { a: 'BAD\nODD' });
    await scan('c1');
    word = 'ODD';
    await scan('c1');
    expect(await rules()).toEqual(['ODD']);
  });

  it('keeps what was seen until a scan failed, and goes on from the last that did not', async () => {
    source.push('c1', { a: 'BAD 1' });
    await scan('c1');
    source.push('c2', { a: 'BAD 2' });
    source.push('c3', { a: 'CRASH' });
    await scan('c3');
    expect(await rules()).toEqual(['BAD 1', 'BAD 2']);
    expect(await security.scans('r')).toMatchObject([
      { scannerId: 'words in the history', state: 'failed', commit: 'c1' },
    ]);
    source.commits[2] = { ...source.commits[2], added: [] };
    await scan('c3');
    expect(await security.scans('r')).toMatchObject([
      { state: 'ok', commit: 'c3' },
    ]);
  });

  it('is scanned whole by a scanner that was told something else, also after it failed at first', async () => {
    source.push('c1', { a: 'ODD 1' });
    await scan('c1');
    word = 'ODD';
    source.push('c2', { a: 'CRASH' });
    await scan('c2');
    source.commits[1] = { ...source.commits[1], added: [] };
    await scan('c2');
    expect(source.asked).toEqual([undefined, undefined, undefined]);
    expect(await rules()).toEqual(['ODD 1']);
  });

  it('says what its scanner could not read, and does not forget it by going on', async () => {
    source.push('c1', { a: 'MUCH', b: 'BAD' }, { cut: true });
    await scan('c1');
    source.push('c2', { a: 'fine' });
    await scan('c2');
    expect(await security.scans('r')).toMatchObject([
      {
        ...{ state: 'partial', commit: 'c2' },
        problems: expect.arrayContaining([
          expect.objectContaining({ path: 'a', message: 'Too much.' }),
          expect.objectContaining({ path: null }),
        ]),
      },
    ]);
  });

  it('says which commit was not read whole', async () => {
    source.push('c1', { a: 'BAD' }, { cut: true });
    await scan('c1');
    expect(await security.scans('r')).toMatchObject([
      { state: 'partial', problems: [{ path: null }] },
    ]);
  });
});
