import type { Metric } from 'backstage-plugin-fettle-common';
import { metric, percentileOfSorted, sorted } from './metric';
import type { RunSample } from './rows';
import { addTallies, tallyRuns, type RunTally } from './tallyRuns';

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
  return measureTally(addTallies(tallyRuns(runs).map(({ tally }) => tally)));
}

/** The same, of runs that were added up. */
export function measureTally(tally: RunTally): RunMetrics {
  const { succeeded, failed, commits, flaky } = tally;
  const times = (
    values: Float64Array,
    share: number,
    things: string,
    least?: number,
  ) =>
    metric(
      'ms',
      values.length,
      () => percentileOfSorted(values, share),
      things,
      least,
    );
  const durations = sorted(tally.durations);
  const took = 'successful runs with a duration';
  const queues = sorted(tally.queues);
  const waited = 'runs with a queue time';
  return {
    runs: tally.runs,
    successRate: metric(
      'share',
      succeeded + failed,
      () => succeeded / (succeeded + failed),
      'runs that succeeded or failed',
    ),
    durationP50: times(durations, 0.5, took),
    durationP95: times(durations, 0.95, took, LEAST_FOR_TAIL),
    queueP50: times(queues, 0.5, waited),
    queueP95: times(queues, 0.95, waited, LEAST_FOR_TAIL),
    flakiness: metric(
      'share',
      commits,
      () => flaky / commits,
      'commits that a pipeline ran on',
    ),
    timeToGreen: times(
      sorted(tally.recoveries),
      0.5,
      'times that a default branch turned green again',
    ),
  };
}
