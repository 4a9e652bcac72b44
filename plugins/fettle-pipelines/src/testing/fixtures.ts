import type {
  Job,
  Metric,
  PipelineMetrics,
  PipelineSummary,
  RepositoryPipelines,
  Run,
} from 'backstage-plugin-fettle-common';

/** The moment of the fixtures. */
const NOW = '2026-05-04T12:00:00.000Z';

/** So many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString();
}

const metric = (
  unit: Metric['unit'],
  value: number | null,
  note: string | null = null,
): Metric => ({ unit, value, sample: 40, note });

export const METRICS: PipelineMetrics = {
  days: 30,
  runs: 40,
  truncated: false,
  successRate: metric('share', 0.96),
  durationP50: metric('ms', 252_000),
  durationP95: metric('ms', 410_000),
  queueP50: metric('ms', 9_000),
  queueP95: metric('ms', 30_000),
  flakiness: metric('share', 0.02),
  timeToGreen: metric('ms', 3_600_000),
  deploymentFrequency: metric('per-day', 1.5),
  leadTime: metric('ms', null, 'not enough data: 2 of 5 deployments'),
  changeFailureRate: metric('share', null, 'not enough data: 2 of 5'),
  timeToRestore: metric('ms', null, 'not enough data: 0 of 3'),
};

export function pipeline(
  changes: Partial<PipelineSummary> = {},
): PipelineSummary {
  return {
    id: 'ci',
    name: 'ci',
    latest: { runId: 'run482', state: 'succeeded', at: ago(60), commit: null },
    green: true,
    greenSince: ago(1440),
    recent: [
      { runId: 'run480', state: 'succeeded', durationMs: 240_000 },
      { runId: 'run481', state: 'failed', durationMs: 120_000 },
      { runId: 'run482', state: 'succeeded', durationMs: 250_000 },
    ],
    metrics: METRICS,
    ...changes,
  };
}

export function repositoryPipelines(
  changes: Partial<RepositoryPipelines> = {},
): RepositoryPipelines {
  return {
    repositoryId: 'r1',
    name: 'payments/ledger',
    webUrl: 'https://git.example.com/payments/ledger',
    defaultBranch: 'main',
    green: true,
    greenSince: ago(1440),
    pipelines: [pipeline()],
    metrics: METRICS,
    days: [],
    branches: ['main', 'feat/x'],
    events: ['push', 'tag'],
    sources: [
      {
        source: 'cdevents',
        state: 'connected',
        lastHeardAt: ago(30),
        reason: null,
      },
    ],
    revision: 7,
    ...changes,
  };
}

/** The nth run; higher numbers are newer, by a minute each. */
export function run(number: number, changes: Partial<Run> = {}): Run {
  const queued = (482 - number) * 60 + 300;
  return {
    id: `run${number}`,
    repositoryId: 'r1',
    source: 'cdevents',
    pipeline: { id: 'ci', name: 'ci' },
    runId: String(number),
    attempt: 1,
    number: String(number),
    title: null,
    state: 'succeeded',
    hostState: null,
    queuedAt: ago(queued),
    startedAt: ago(queued - 9),
    finishedAt: ago(queued - 249),
    branch: 'main',
    defaultBranch: true,
    commit: '3f2c1ab9d0e84c2f8a1b7c6d5e4f3a2b1c0d9e8f',
    commitSubject: `Change number ${number}`,
    actor: 'jane',
    event: 'push',
    seenAt: ago(queued),
    usualMs: 240_000,
    webUrl: `https://ci.example.com/runs/${number}`,
    subpaths: null,
    jobs: [],
    jobCount: 0,
    can: { rerun: true, rerunFailed: false, cancel: false },
    requested: null,
    revision: 1,
    ...changes,
  };
}

/** A job that took a minute, a minute after the run's. */
export function job(id: string, changes: Partial<Job> = {}): Job {
  return {
    id,
    name: id,
    state: 'succeeded',
    hostState: null,
    queuedAt: ago(300),
    startedAt: ago(290),
    finishedAt: ago(230),
    runner: 'runner-1',
    webUrl: `https://ci.example.com/jobs/${id}`,
    steps: [],
    hasLog: true,
    ...changes,
  };
}
