import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareServer } from '../measure/BareServer';
import { BenchBackend, READERS } from '../measure/BenchBackend';
import { now, pause, timeEach } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { median, overRuns, rounded, spread } from '../measure/summarize';

// What is asked of the security of a big fleet over HTTP, and what is done for
// all of it, on both databases; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const REPOSITORIES = Number(process.env.BENCH_REPOSITORIES ?? 10_000);
const DAYS = Number(process.env.BENCH_DAYS ?? 90);
const TIMES = Number(process.env.BENCH_TIMES ?? 15);
const OWNER = 'group:default/team-7';
/** How widely used the package of a new advisory is. */
const ADVISORIES = { New: 50, NewWidest: 0 };

/** What people ask, by page; `cursor=` is the second page of the one before it. */
const PAGES: Record<string, readonly string[]> = {
  fleet: ['/security', `/security?owner=${OWNER}`],
  findings: [
    '/findings',
    '/findings?cursor=',
    '/findings?severity=critical&severity=high',
    '/findings?kind=secret&state=open&state=accepted',
    '/findings?search=package-12',
    '/findings?rule=GHSA-bench-2',
  ],
  packages: [
    '/packages',
    '/packages?cursor=',
    '/packages?search=package-12',
    '/packages?ecosystem=npm',
  ],
  uses: [
    '/packages/uses?ecosystem=npm&name=package-0',
    '/packages/uses?ecosystem=npm&name=package-0&cursor=',
    '/packages/uses?ecosystem=npm&name=package-60&version=1.3.0',
  ],
  policies: ['/policies'],
  compliance: [
    '/compliance',
    '/compliance/bench',
    `/compliance/bench?owner=${OWNER}`,
  ],
  pipelines: ['/pipelines', `/pipelines?owner=${OWNER}`],
};
const REPLAYED = {
  condition:
    '!findings.exists(f, f.severity == "high" && f.state == "open" && f.overdue) && verdicts.size() > 0',
  scope: { owners: [], systems: [], repositories: [], when: null },
};

/** A framework of one's own, which rests on what the bench has. */
const fettle = {
  compliance: {
    frameworks: {
      bench: {
        controls: Array.from({ length: 20 }, (_, i) => ({
          id: `B${i}`,
          title: `Control ${i}`,
          rests:
            i % 4 === 0
              ? [{ policy: 'no-secrets' }, { policy: 'actions-pinned' }]
              : [{ check: `check-${i % 10}-${i % 3}` }],
        })),
      },
    },
  },
};

type Add = (name: string, times: number[]) => void;

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-'));
  const ends: (() => unknown)[] = [
    () => rm(folder, { recursive: true, force: true }),
  ];
  try {
    const bare = await BareServer.start();
    ends.push(() => bare.stop());
    const series = new Map<string, number[][]>();
    const add: Add = (name, times) =>
      series.set(name, [...(series.get(name) ?? []), times]);
    const backends: BenchBackend[] = [];
    const begin = async (database: string, connection?: string) => {
      const start = now();
      const backend = await BenchBackend.start({
        ...{ database, folder, connection, fettle },
        entry: join(__dirname, 'securityPortalProcess.ts'),
        env: {
          BENCH_REPOSITORIES: String(REPOSITORIES),
          BENCH_DAYS: String(DAYS),
        },
      });
      ends.push(() => backend.stop());
      backends.push(backend);
      const filled = await backend.ask('/bench/filled', 'everything', {});
      add(`${database} matchAllSeconds`, [filled.matchAllSeconds]);
      console.log(
        `${database}: filled in ${rounded((now() - start) / 1000)} s`,
        JSON.stringify(filled),
      );
      const seconds = await judged(backend);
      add(`${database} firstSweepSeconds`, [seconds]);
      console.log(`${database}: judged by policies first in ${seconds} s`);
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
    for (let run = 0; run < RUNS; run++) {
      add('http', await timeEach(100, () => bare.post()));
      for (const backend of backends) await measure(backend, run, add);
      console.log(`run ${run + 1} is done`);
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
  run: number,
  add: Add,
): Promise<void> {
  const { database } = backend;
  add(
    `${database} select`,
    await backend.ask('/bench/select', 'everything', { count: 100 }),
  );
  for (const reader of READERS) {
    for (const page of Object.keys(PAGES)) {
      await measurePage(backend, reader, page, add);
    }
  }
  for (const days of [1, 30]) {
    const [replay] = await timeEach(1, () =>
      backend.ask('/policies/replay', 'everything', { policy: REPLAYED, days }),
    );
    add(`${database} replay${days}DaysSeconds`, [replay / 1000]);
  }
  for (const [name, rank] of Object.entries(ADVISORIES)) {
    const matched = await backend.ask('/bench/advisory', 'everything', {
      ...{ rank, id: `GHSA-${name.toLowerCase()}-${run}` },
    });
    add(`${database} match${name}Seconds`, [matched.seconds]);
    if (run === 0) {
      console.log(
        `${database}: advisory ${name} is about ${matched.affected} repositories`,
      );
    }
  }
  await backend.ask('/bench/forgetPolicies', 'everything', {});
  add(`${database} sweepSeconds`, [await judged(backend)]);
}

/** Seconds from the first to the last repository that a sweep judges, once it has judged all. */
async function judged(backend: BenchBackend): Promise<number> {
  for (;;) {
    const sweep = await backend.ask('/bench/judged', 'everything', {});
    if (sweep.judged === REPOSITORIES) return sweep.seconds;
    await pause(1_000);
  }
}

/** Each request after a change of one repository, and again without one. */
async function measurePage(
  backend: BenchBackend,
  reader: (typeof READERS)[number],
  page: string,
  add: Add,
): Promise<void> {
  const name = `${backend.database} ${reader} ${page}`;
  const changed: number[] = [];
  const same: number[] = [];
  let cursor = '';
  for (const path of PAGES[page]) {
    // A small fleet has no second page.
    const asked = cursor
      ? path.replace('cursor=', `cursor=${cursor}`)
      : path.replace(/[?&]cursor=/, '');
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      await backend.ask('/bench/change', 'everything', {});
      times.push(...(await timeEach(1, () => backend.ask(asked, reader))));
    }
    changed.push(...times);
    const again = await timeEach(TIMES, () => backend.ask(asked, reader));
    same.push(...again);
    add(`${name} ${path}`, times);
    if (page === 'findings' || page === 'packages' || page === 'uses') {
      const { nextCursor } = await backend.ask(asked, reader);
      cursor = encodeURIComponent(nextCursor ?? '');
    }
  }
  add(name, changed);
  add(`${name} same`, same);
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
  const put = (key: string, runs: number[][], share: number) => {
    const figure = overRuns(runs, share);
    figures[key] = figure.median;
    spreads[key] = [figure.min, figure.max];
    console.log(`${key}: ${spread(figure)}`);
  };
  const http = overRuns(series.get('http')!, 0.5);
  anchors.httpMs = http.median;
  for (const database of databases) {
    const select = median(series.get(`${database} select`)!.flat());
    anchors[`${database}SelectMs`] = Number(select.toFixed(3));
    for (const [name, runs] of series) {
      if (!name.startsWith(`${database} `)) continue;
      const [, reader, page, what = ''] = name.split(' ');
      if (reader === 'select') continue;
      if (reader.endsWith('Seconds')) {
        put(`${database}${capital(reader)}`, runs, 0.5);
      } else if (what.startsWith('/')) {
        const { median: middle } = overRuns(runs, 0.5);
        const { median: tail } = overRuns(runs, 0.99);
        console.log(`  ${name}: p50 ${middle} ms, p99 ${tail} ms`);
      } else {
        const key = `${database}${capital(page)}${
          reader === 'half' ? 'Half' : ''
        }${capital(what)}`;
        put(`${key}P50Ms`, runs, 0.5);
        put(`${key}P99Ms`, runs, 0.99);
      }
    }
    ratios[`${database}FleetToHttp`] = rounded(
      figures[`${database}FleetP50Ms`] / http.median,
    );
    ratios[`${database}FindingsToSelect`] = rounded(
      figures[`${database}FindingsP50Ms`] / select,
    );
  }
  printResult(machine, {
    ...{ bench: 'security', figures, anchors, ratios, spread: spreads },
    notes: [
      `${REPOSITORIES} repositories, ${DAYS} days, ${RUNS} runs. Before each request one repository changed; those with Same in their name were asked again without a change.`,
    ],
  });
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
