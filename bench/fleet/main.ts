import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareServer } from '../measure/BareServer';
import { BenchBackend, READERS } from '../measure/BenchBackend';
import { now, timeEach } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import {
  median,
  overRuns,
  percentile,
  rounded,
  spread,
} from '../measure/summarize';

// Pages and rollups of a big fleet over HTTP, on both databases; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const REPOSITORIES = Number(process.env.BENCH_REPOSITORIES ?? 10_000);
const DAYS = Number(process.env.BENCH_DAYS ?? 90);
/** So many readings are also stored one by one. */
const SINGLE = Math.min(500, REPOSITORIES);

/** What people ask of the fleet page: as it opens, sorted, filtered, searched, and the next page. */
const PAGES = [
  '?sort=score&order=asc',
  '?sort=score&order=desc',
  '?sort=name&order=asc',
  '?sort=changed&order=desc',
  '?sort=owner&order=asc',
  '?level=poor',
  '?owner=group:default/team-7',
  '?check=check-3-1&status=fail',
  '?search=service-12',
];
const ROLLUPS = ['/fleet', '/activity?limit=20'];

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-'));
  const ends: (() => unknown)[] = [
    () => rm(folder, { recursive: true, force: true }),
  ];
  try {
    const bare = await BareServer.start();
    ends.push(() => bare.stop());
    const backends: BenchBackend[] = [];
    const begin = async (database: string, connection?: string) => {
      const start = now();
      const backend = await BenchBackend.start({
        ...{ database, folder, connection },
        entry: join(__dirname, 'fleetPortalProcess.ts'),
        env: {
          BENCH_REPOSITORIES: String(REPOSITORIES),
          BENCH_DAYS: String(DAYS),
        },
      });
      ends.push(() => backend.stop());
      backends.push(backend);
      const { total } = await backend.ask('/repositories?limit=1', 'half');
      console.log(
        `${database}: filled in ${rounded(
          (now() - start) / 1000,
        )} s; ${total} of ${REPOSITORIES} repositories are for half a reader`,
      );
    };
    await begin('sqlite');
    const { findPostgres } = await import(
      '../../scripts/testing/findPrograms.mjs'
    );
    const bin = findPostgres();
    if (bin) {
      const { startPostgres } = await import(
        '../../scripts/testing/startPostgres.mjs'
      );
      const postgres = await startPostgres(bin);
      ends.push(() => postgres.stop());
      await begin('postgres', postgres.url);
    } else {
      console.log(
        'There is no PostgreSQL on this machine: only SQLite is measured.',
      );
    }

    const series = new Map<string, number[][]>();
    const add = (name: string, times: number[]) =>
      series.set(name, [...(series.get(name) ?? []), times]);
    for (let run = 0; run < RUNS; run++) {
      add('post', await timeEach(100, () => bare.post()));
      for (const backend of backends) {
        const { database } = backend;
        add(
          `${database} select`,
          await backend.ask('/bench/select', 'everything', { count: 100 }),
        );
        for (const reader of READERS) {
          await measure(backend, reader, add);
        }
        const round = await backend.ask('/bench/round', 'everything', {});
        add(`${database} evaluate`, [round.seconds]);
        add(`${database} evaluating`, [round.evaluating]);
        console.log(
          `run ${run + 1}, ${database}: all evaluated and stored in ${rounded(
            round.seconds,
          )} s`,
        );
      }
    }
    for (const backend of backends) {
      // As readings come one by one from their source.
      const round = await backend.ask('/bench/round', 'everything', {
        batch: 1,
        repositories: SINGLE,
      });
      add(`${backend.database} single`, [(round.seconds / SINGLE) * 1000]);
    }
    report(
      machine,
      series,
      backends.map(({ database }) => database),
    );
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function measure(
  backend: BenchBackend,
  reader: (typeof READERS)[number],
  add: (name: string, times: number[]) => void,
): Promise<void> {
  const name = `${backend.database} ${reader}`;
  const { nextCursor } = await backend.ask('/repositories', reader);
  const paths = [...PAGES, `?cursor=${encodeURIComponent(nextCursor)}`];
  for (const [what, asked, times] of [
    ['page', paths.map(path => `/repositories${path}`), 10],
    ['rollup', ROLLUPS, 20],
  ] as const) {
    const all: number[] = [];
    for (const path of asked) {
      const taken = await timeEach(times, () => backend.ask(path, reader));
      all.push(...taken);
      add(`${name} ${path.replace(/cursor=.*/, 'cursor=…')}`, taken);
    }
    add(`${name} ${what}`, all);
  }
}

function report(
  machine: ReturnType<typeof describeMachine>,
  series: Map<string, number[][]>,
  databases: string[],
): void {
  const figures: Record<string, number> = {};
  const spreads: Record<string, [number, number]> = {};
  const anchors: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  const http = overRuns(series.get('post')!, 0.5);
  anchors.httpMs = http.median;
  console.log(`bare POST p50 ${spread(http)} ms`);
  const put = (key: string, name: string, share: number) => {
    const figure = overRuns(series.get(name)!, share);
    figures[key] = figure.median;
    spreads[key] = [figure.min, figure.max];
    console.log(`${key}: ${spread(figure)}`);
  };
  for (const database of databases) {
    const select = median(series.get(`${database} select`)!.flat());
    anchors[`${database}SelectMs`] = Number(select.toFixed(3));
    for (const [reader, suffix] of [
      ['everything', ''],
      ['half', 'Half'],
    ]) {
      for (const what of ['page', 'rollup']) {
        for (const share of [0.5, 0.99]) {
          const key = `${database}${suffix}${
            what === 'page' ? 'Page' : 'Rollup'
          }P${share * 100}Ms`;
          put(key, `${database} ${reader} ${what}`, share);
        }
      }
    }
    put(`${database}EvaluateSeconds`, `${database} evaluate`, 0.5);
    put(`${database}EvaluatingSeconds`, `${database} evaluating`, 0.5);
    put(`${database}SaveOneMs`, `${database} single`, 0.5);
    ratios[`${database}PageToSelect`] = rounded(
      figures[`${database}PageP50Ms`] / select,
    );
    ratios[`${database}PageToHttp`] = rounded(
      figures[`${database}PageP50Ms`] / http.median,
    );
    for (const [name, runs] of series) {
      if (!name.includes('/') || !name.startsWith(`${database} `)) continue;
      const all = runs.flat();
      console.log(
        `  ${name}: p50 ${rounded(median(all))} ms, p99 ${rounded(
          percentile(all, 0.99),
        )} ms`,
      );
    }
  }
  printResult(machine, {
    bench: 'fleet',
    figures: {
      pageP99Ms: Math.max(...databases.map(d => figures[`${d}PageP99Ms`])),
      rollupP99Ms: Math.max(...databases.map(d => figures[`${d}RollupP99Ms`])),
      evaluateSeconds: Math.max(
        ...databases.map(d => figures[`${d}EvaluateSeconds`]),
      ),
      ...figures,
    },
    anchors,
    ratios,
    spread: spreads,
    notes: [
      `${REPOSITORIES} repositories, 30 checks, ${DAYS} days, ${RUNS} runs; figures without a database's name are those of the slower one.`,
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
