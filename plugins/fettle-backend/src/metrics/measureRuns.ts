import type { Metric } from 'backstage-plugin-fettle-common';
import { LEAST, metric, percentile } from './metric';
import type { RunSample } from './rows';

/** What finished runs come to. The order in which they are given does not matter. */
export interface RunMetrics {
  runs: number;
  successRate: Metric;
  durationP50: Metric;
  durationP95: Metric;
  queueP50: Metric;
  queueP95: Metric;
  flakiness: Metric;
  timeToGreen: Metric;
}

/** Percentiles of the tail need more: with fewer the 95th is the maximum. */
const LEAST_FOR_TAIL = 20;

/** See docs/metrics.md for each definition. */
export function measureRuns(runs: readonly RunSample[]): RunMetrics {
  const decided = runs.filter(
    ({ state }) => state === 'succeeded' || state === 'failed',
  );
  const good = decided.filter(({ state }) => state === 'succeeded');
  const durations = known(good.map(({ durationMs }) => durationMs));
  const queues = known(decided.map(({ queueMs }) => queueMs));
  const commits = byCommit(decided);
  const flaky = commits.filter(states => states.size > 1);
  const recoveries = recoveryTimes(decided);
  const times = 'successful runs with a duration';
  return {
    runs: runs.length,
    successRate: metric(
      'share',
      decided.length,
      () => good.length / decided.length,
      'runs that succeeded or failed',
    ),
    durationP50: metric(
      'ms',
      durations.length,
      () => percentile(durations, 0.5),
      times,
    ),
    durationP95: metric(
      'ms',
      durations.length,
      () => percentile(durations, 0.95),
      times,
      LEAST_FOR_TAIL,
    ),
    queueP50: metric(
      'ms',
      queues.length,
      () => percentile(queues, 0.5),
      'runs with a queue time',
    ),
    queueP95: metric(
      'ms',
      queues.length,
      () => percentile(queues, 0.95),
      'runs with a queue time',
      LEAST_FOR_TAIL,
    ),
    flakiness: metric(
      'share',
      commits.length,
      () => flaky.length / commits.length,
      'commits that a pipeline ran on',
    ),
    timeToGreen: metric(
      'ms',
      recoveries.length,
      () => percentile(recoveries, 0.5),
      'times that a default branch turned green again',
      LEAST,
    ),
  };
}

function known(values: (number | null)[]): number[] {
  return values.filter((value): value is number => value !== null);
}

/** The results of each pipeline on each commit. */
function byCommit(runs: readonly RunSample[]): Set<string>[] {
  const results = new Map<string, Set<string>>();
  for (const { repositoryId, pipelineId, commit, state } of runs) {
    if (!commit) continue;
    const key = JSON.stringify([repositoryId, pipelineId, commit]);
    results.set(key, (results.get(key) ?? new Set()).add(state));
  }
  return [...results.values()];
}

/** For each time a pipeline was red on its default branch: from the first failure to the next success. */
function recoveryTimes(runs: readonly RunSample[]): number[] {
  const sorted = runs
    .filter(({ defaultBranch }) => defaultBranch)
    .sort(
      (a, b) =>
        compare(a.finishedAt, b.finishedAt) || compare(a.state, b.state),
    );
  const redSince = new Map<string, number>();
  const times: number[] = [];
  for (const { repositoryId, pipelineId, state, finishedAt } of sorted) {
    const key = JSON.stringify([repositoryId, pipelineId]);
    const at = Date.parse(finishedAt);
    const since = redSince.get(key);
    if (state === 'failed') {
      if (since === undefined) redSince.set(key, at);
    } else if (since !== undefined) {
      times.push(at - since);
      redSince.delete(key);
    }
  }
  return times;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
