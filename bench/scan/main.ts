import knexFactory from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComponentMatcher } from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../../plugins/fettle-backend-module-components/src/componentsScanner';
import { createSecretsScanner } from '../../plugins/fettle-backend-module-secrets/src/createSecretsScanner';
import { loadRules } from '../../plugins/fettle-backend-module-secrets/src/rules/loadRules';
import { Matching } from '../../plugins/fettle-backend/src/match/Matching';
import { Registry } from '../../plugins/fettle-backend/src/registry/Registry';
import { RepositoryScanner } from '../../plugins/fettle-backend/src/scan/RepositoryScanner';
import { ScanRecords } from '../../plugins/fettle-backend/src/scan/ScanRecords';
import { ScanPool } from '../../plugins/fettle-backend/src/scan/ScanPool';
import { DatabaseFettleStore } from '../../plugins/fettle-backend/src/store/DatabaseFettleStore';
import { reading } from '../../plugins/fettle-backend/src/store/testReadings';
import { now } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { median, rounded } from '../measure/summarize';

// One repository, scanned and stored with its components; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const COMPONENTS = 10_000;
const TEXT_BYTES = 10 * 1024 * 1024;
const TEXT_FILES = 500;
const TOKEN = 'q7Zx2Lm9Wc4Vb8Ns1Kd6Hf3Jg5Pt0RyEuAoB';
const silent = { debug() {}, info() {}, warn() {}, error() {} } as any;

/** A package-lock with a real graph: each needs a few of the others. */
function lockfile(): string {
  const packages: Record<string, object> = {
    '': { dependencies: { p0: '^1', p1: '^1' }, devDependencies: { p2: '^1' } },
  };
  for (let i = 0; i < COMPONENTS; i++) {
    const needs = [i * 3 + 1, i * 3 + 2, i * 3 + 3, (i * 7919) % COMPONENTS];
    packages[`node_modules/p${i}`] = {
      ...{ version: `1.${i % 50}.${i % 7}`, license: 'MIT' },
      dependencies: Object.fromEntries(
        needs.filter(n => n < COMPONENTS).map(n => [`p${n}`, '^1']),
      ),
    };
  }
  return JSON.stringify({ lockfileVersion: 3, packages });
}

/** Sources as people write them, of which every fiftieth line has a word that rules look for; one holds a token. */
function source(file: number): string {
  const lines: string[] = [];
  let bytes = 0;
  for (let i = 0; bytes < TEXT_BYTES / TEXT_FILES; i++) {
    const id = (file * 7919 + i * 104_729).toString(36);
    const line =
      i % 50 === 0
        ? `  const token = await vault.read('services/${id}/password');`
        : `  if (orders.has('${id}')) total += price(${i}, rates.${id}); // ${id}`;
    lines.push(line);
    bytes += line.length + 1;
  }
  if (file === 0) lines.push(`const key = 'ghp_${TOKEN}';`);
  return lines.join('\n');
}

/** Knows something against one in a hundred. */
const matcher: ComponentMatcher = {
  ...{ id: 'bench', title: 'Bench' },
  match: async components =>
    components.map((_, i) =>
      i % 100 > 0
        ? []
        : [
            {
              ...{ kind: 'vulnerability', rule: `CVE-${i}`, aliases: [] },
              ...{ title: 'It breaks', severity: 'high', fixedIn: ['2.0.0'] },
              certain: true,
            },
          ],
    ),
  changesSince: async () => ({ packages: [], cursor: '1' }),
};

async function run(folder: string, text: string) {
  const repositories = new MemoryRepositorySource();
  const repository = repositories.create('bench/one');
  const files: Record<string, string> = { 'package-lock.json': text };
  for (let i = 0; i < TEXT_FILES; i++) {
    files[`src/${i}.ts`] = source(i);
  }
  const commit = await repository.commit({
    ...{ files, at: '2026-06-01T12:00:00Z' },
  });
  const knex = knexFactory({
    ...{ client: 'better-sqlite3', useNullAsDefault: true },
    connection: { filename: join(folder, 'scan.sqlite') },
  });
  const store = await DatabaseFettleStore.create({
    database: { getClient: async () => knex },
  });
  const at = new Date('2026-06-01T12:00:00Z');
  await store.saveDiscovery({
    repositories: [
      { id: 'r', sourceId: repositories.id, ...repository.location },
    ],
    ...{ claims: [], at },
  });
  await store.saveCollection(reading('r', at, [], { commit }));
  const security = store.openSecurity({ dueDays: { high: 30 } });
  const registry = new Registry();
  registry.addRepositorySource(repositories);
  const { rules } = await loadRules(undefined);
  registry.addScanner(componentsScanner);
  registry.addScanner(createSecretsScanner(rules));
  const onChange = () => undefined;
  const clock = () => new Date();
  const matching = new Matching({
    ...{ security, clock, onChange, logger: silent },
    matchers: new Map([[matcher.id, matcher]]),
  });
  const pool = new ScanPool({
    processes: 1,
    timeoutMs: 60_000,
    memoryMiB: 512,
  });
  const records = new ScanRecords({
    ...{ security, registry, clock, onChange, logger: silent },
  });
  const scanner = new RepositoryScanner({
    ...{ store, security, registry, records, pool, timeoutSeconds: 60 },
    publications: store.openPublications({ clock }),
    match: (id, signal) => matching.match(id, signal),
  });
  const { signal } = new AbortController();
  const time = async () => {
    const start = now();
    await scanner.scan('r', signal);
    return (now() - start) / 1000;
  };
  const seconds = await time();
  const againSeconds = await time();
  const bare = now();
  JSON.parse(text);
  const parseSeconds = (now() - bare) / 1000;
  const { components, open } = await security.overview('r', '', at);
  const found = Object.values(open).reduce((sum, count) => sum + count, 0);
  if (components !== COMPONENTS || found !== COMPONENTS / 100 + 1) {
    throw new Error(`It found ${components} components and ${found} findings`);
  }
  await pool.stop();
  await knex.destroy();
  return { seconds, againSeconds, parseSeconds };
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const text = lockfile();
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  for (let i = 0; i < RUNS; i++) {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-scan-'));
    try {
      runs.push(await run(folder, text));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const of = (name: keyof (typeof runs)[number]) => runs.map(one => one[name]);
  const figures = {
    seconds: rounded(median(of('seconds'))),
    againSeconds: Math.round(median(of('againSeconds')) * 10_000) / 10_000,
  };
  const parse = median(of('parseSeconds'));
  const range = (values: number[]): [number, number] => [
    rounded(Math.min(...values)),
    rounded(Math.max(...values)),
  ];
  console.log(`seconds: ${figures.seconds}, again: ${figures.againSeconds}`);
  printResult(machine, {
    ...{ bench: 'scan', figures },
    anchors: { parseSeconds: Math.round(parse * 10_000) / 10_000 },
    ratios: { parse: rounded(figures.seconds / parse) },
    spread: {
      seconds: range(of('seconds')),
      againSeconds: range(of('againSeconds')),
    },
    notes: [
      `${RUNS} runs: a package-lock of ${COMPONENTS} components in a repository with 10 MB of text, scanned in a process that is started for it, stored in an empty SQLite, matched by a matcher that knows something against one in a hundred. All of the text is searched for secrets, of which it holds one.`,
      'parseSeconds: JSON.parse of the lockfile.',
    ],
  });
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
