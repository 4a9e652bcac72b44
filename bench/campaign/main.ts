import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchBackend } from '../measure/BenchBackend';
import { now, pause } from '../measure/clock';
import { describeMachine, printResult } from '../measure/printResult';
import { median, rounded } from '../measure/summarize';
import { BareRepositories } from './BareRepositories';

// One change in each of many local repositories, planned, merged and verified; see bench/README.md.

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const REPOSITORIES = Number(process.env.BENCH_REPOSITORIES ?? 1000);
const BARE = Math.min(REPOSITORIES, 200);
const PATIENCE_MS = 30 * 60_000;

const MOST = 10_000;
const FETTLE = {
  automation: {
    limits: {
      host: { openChanges: MOST, changesPerHour: MOST },
      fleet: { openChanges: MOST, changesPerHour: MOST },
    },
  },
  playbooks: {
    'bench-licence': {
      title: 'Add a licence',
      trigger: { on: 'person' },
      level: 'enforce',
      steps: [
        {
          ...{ id: 'add', uses: 'add-files' },
          with: { files: ['licence'], licence: { id: 'MIT', holder: 'Bench' } },
        },
      ],
      limits: {
        ...{ openChanges: 'none', changesPerHour: 'none' },
        shareOfFleetPerDay: 'none',
      },
      verification: { settle: { seconds: 0 }, hold: { seconds: 0 } },
    },
  },
};

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = now() + PATIENCE_MS;
  while (now() < end) {
    // A connection that idled may be closed just as it is used: it is asked again.
    const found = await ask().catch(error => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
    if (found !== undefined) return found;
    await pause(500);
  }
  throw new Error('It did not come to an end in time');
}

async function run(folder: string) {
  const repositories = await BareRepositories.create(
    join(folder, 'repositories'),
    REPOSITORIES,
  );
  const connection = process.env.BENCH_POSTGRES;
  const backend = await BenchBackend.start({
    ...{ database: 'campaign', folder, connection },
    entry: join(__dirname, 'campaignPortalProcess.ts'),
    env: {},
    fettle: {
      ...FETTLE,
      git: {
        repositories: [join(folder, 'repositories')],
        cacheDir: join(folder, 'mirrors'),
      },
    },
  });
  try {
    // What reads the fleet for the first time is no part of a campaign.
    await until(async () => {
      const { total } = await backend.ask(
        '/repositories?limit=1&state=ready',
        'everything',
      );
      return total >= REPOSITORIES ? total : undefined;
    });
    await pause(5_000);
    const asked = now();
    const { id } = await backend.ask('/campaigns', 'everything', {
      ...{ title: 'A licence for all', playbookId: 'bench-licence' },
      waves: [{ repositories: 1 }, { share: 1 }],
    });
    const path = `/campaigns/${id}`;
    const draft = await until(async () => {
      const campaign = await backend.ask(path, 'everything');
      return campaign.state === 'draft' ? campaign : undefined;
    });
    const planned = now();
    const cpuPlanned = await backend.cpuSeconds();
    await backend.ask(`${path}/actions`, 'everything', {
      ...{ action: 'start', hash: draft.hash },
    });
    const end = await until(async () => {
      const campaign = await backend.ask(path, 'everything');
      if (process.env.BENCH_TALK) console.log(JSON.stringify(campaign.counts));
      if (campaign.state === 'paused') {
        throw new Error(`It is paused: ${JSON.stringify(campaign.reason)}`);
      }
      return campaign.state === 'finished' ? campaign : undefined;
    });
    const done = now();
    const cpuDone = await backend.cpuSeconds();
    const { changed, twice } = await repositories.countChanged();
    if (
      changed !== REPOSITORIES ||
      twice > 0 ||
      end.counts.healed !== REPOSITORIES
    ) {
      throw new Error(
        `Git has ${changed} changes, ${twice} of them twice; ${end.counts.healed} are healed`,
      );
    }
    return {
      planSeconds: (planned - asked) / 1000,
      applySeconds: (done - planned) / 1000,
      changesPerMinute: REPOSITORIES / ((done - planned) / 60_000),
      // Says on a busy machine, too, what a change costs.
      cpuPerChange: ((cpuDone ?? NaN) - (cpuPlanned ?? NaN)) / REPOSITORIES,
    };
  } finally {
    await backend.stop();
  }
}

/** The same change by git alone, in changes a minute. */
async function bare(folder: string): Promise<number> {
  const repositories = await BareRepositories.create(
    join(folder, 'bare'),
    BARE,
  );
  return BARE / ((await repositories.changeBarely('MIT\n')) / 60_000);
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  const anchors: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-campaign-'));
    try {
      anchors.push(await bare(folder));
      runs.push(await run(folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    console.log(JSON.stringify({ ...runs[i], bare: anchors[i] }));
  }
  const of = (name: keyof (typeof runs)[number]) => runs.map(one => one[name]);
  const range = (values: number[]): [number, number] => [
    rounded(Math.min(...values)),
    rounded(Math.max(...values)),
  ];
  const changes = of('changesPerMinute');
  printResult(machine, {
    bench: 'campaign',
    figures: {
      changesPerMinute: rounded(median(changes)),
      planSeconds: rounded(median(of('planSeconds'))),
      applySeconds: rounded(median(of('applySeconds'))),
      cpuSecondsPerChange: rounded(median(of('cpuPerChange'))),
    },
    anchors: { fastImportPerMinute: rounded(median(anchors)) },
    ratios: { fastImport: rounded(median(changes) / median(anchors)) },
    spread: {
      changesPerMinute: range(changes),
      fastImportPerMinute: range(anchors),
    },
    notes: [
      `${REPOSITORIES} repositories; from the start to all merged and verified, after they were planned`,
    ],
  });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
