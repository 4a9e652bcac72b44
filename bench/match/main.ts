import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from '../../plugins/fettle-backend-module-vulnerabilities/src/testing/writeZip';
import { timeEach } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { SelectAnchor } from '../measure/SelectAnchor';
import { median, rounded } from '../measure/summarize';
import { BenchAdvisories, SHARES } from './BenchAdvisories';

// Advisories imported from dumps, and components matched against them; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const ADVISORIES = Number(process.env.BENCH_ADVISORIES ?? 250_000);
const COMPONENTS = Number(process.env.BENCH_COMPONENTS ?? 200_000);
const ANCHOR_SELECTS = 200_000;

interface Measured {
  seconds: number;
  peakMiB: number;
  hits: number;
}

async function writeDumps(folder: string): Promise<void> {
  const advisories = new BenchAdvisories(ADVISORIES);
  for (const share of SHARES) {
    await mkdir(join(folder, share.ecosystem));
    writeZip(
      join(folder, share.ecosystem, 'all.zip'),
      advisories.namedRecords(share),
    );
  }
}

function measure(
  job: string,
  folder: string,
  database: string,
): Promise<Measured> {
  const child = fork(
    join(__dirname, 'matchProcess.ts'),
    [job, folder, database, String(ADVISORIES), String(COMPONENTS)],
    // A portal has many gigabytes of heap and lets garbage lie; this is what is needed.
    { execArgv: [...process.execArgv, '--max-old-space-size=256'] },
  );
  return new Promise((resolve, reject) => {
    let measured: Measured | undefined;
    child.on('message', message => {
      // The loader of TypeScript sends messages of its own.
      if (message && typeof message === 'object' && 'peakMiB' in message) {
        measured = message as Measured;
      }
    });
    child.once('error', reject);
    child.once('exit', code => {
      if (measured) resolve(measured);
      else reject(new Error(`It ended (${code}) without a figure`));
    });
  });
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-match-'));
  const { findPostgres } = await import(
    '../../scripts/testing/findPrograms.mjs'
  );
  const { startPostgres } = await import(
    '../../scripts/testing/startPostgres.mjs'
  );
  const bin = findPostgres();
  const values: Record<string, number[]> = {};
  const add = (name: string, value: number) =>
    (values[name] ??= []).push(value);
  let hits = 0;
  try {
    await writeDumps(folder);
    for (let run = 0; run < RUNS; run++) {
      const postgres = bin ? await startPostgres(bin) : undefined;
      try {
        for (const [database, prefix] of [
          [join(folder, `${run}.sqlite`), ''],
          ...(postgres ? [[postgres.url, 'postgres']] : []),
        ]) {
          const name = (figure: string) =>
            prefix
              ? `${prefix}${figure[0].toUpperCase()}${figure.slice(1)}`
              : figure;
          const imported = await measure('import', folder, database);
          add(name('importSeconds'), imported.seconds);
          add(name('peakMiB'), imported.peakMiB);
          const matched = await measure('match', folder, database);
          add(name('seconds'), matched.seconds);
          add(name('matchPeakMiB'), matched.peakMiB);
          hits = matched.hits;
        }
      } finally {
        await postgres?.stop();
      }
      const anchor = new SelectAnchor(join(folder, `anchor-${run}.sqlite`));
      const times = await timeEach(ANCHOR_SELECTS, () => anchor.ask());
      add('selectsSeconds', times.reduce((sum, time) => sum + time, 0) / 1_000);
      anchor.close();
      await rm(join(folder, `${run}.sqlite`), { force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { selectsSeconds, ...measured } = values;
  const spread: Record<string, [number, number]> = {};
  const figures: Record<string, number> = {};
  for (const [name, list] of Object.entries(measured)) {
    figures[name] = rounded(median(list));
    spread[name] = [rounded(Math.min(...list)), rounded(Math.max(...list))];
    console.log(`${name}: ${figures[name]} (${spread[name].join(' to ')})`);
  }
  const anchors = { selectsSeconds: rounded(median(selectsSeconds)) };
  printResult(machine, {
    ...{ bench: 'match', figures, anchors, spread },
    ratios: { selects: rounded(figures.seconds / median(selectsSeconds)) },
    notes: [
      `${RUNS} runs: ${ADVISORIES} advisories in ${SHARES.length} dumps, into an empty database; ${COMPONENTS} distinct components matched at once (${hits} matches with their texts). Each in a process of its own; peakMiB is the most that the importing one had resident, with everything.`,
      `selectsSeconds: ${ANCHOR_SELECTS} trivial selects of one row in SQLite.`,
      ...(bin
        ? []
        : ['There is no PostgreSQL here, so nothing was measured on one.']),
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
