import type {
  PipelineDay,
  PipelineMetrics,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { measureDeployments } from '../../metrics/measureDeployments';
import { measureTally } from '../../metrics/measureRuns';
import type { DeploymentSample, RunSample } from '../../metrics/rows';
import { addTallies, tallyRuns, type RunTally } from '../../metrics/tallyRuns';
import type { Sql } from '../Dialect';
import { numbersOf } from './writePipelineDays';

/** More finished runs than this are not looked at: the newest are, and it is said. */
const MOST_RUNS = 200_000;

/** What metrics are computed from. */
export interface Samples {
  days: number;
  runs: RunSample[];
  truncated: boolean;
  deployments: DeploymentSample[];
}

/** Finished runs and deployments to production of the last days. */
export async function readSamples(
  knex: Knex,
  options: {
    now: Date;
    days: number;
    /** On the column `repository_id`. */
    repositories: Sql;
    /** On runs, beside it. */
    runs?: Sql;
  },
): Promise<Samples> {
  const { now, days, repositories } = options;
  const since = new Date(now.getTime() - days * 24 * 60 * 60_000).toISOString();
  const query = knex('runs')
    .whereIn('state', ['succeeded', 'failed', 'cancelled', 'skipped'])
    .where('finished_at', '>=', since)
    .whereRaw(repositories.sql, repositories.bindings)
    .orderBy('finished_at', 'desc')
    .limit(MOST_RUNS + 1)
    .select(
      'repository_id',
      'pipeline_id',
      'state',
      'default_branch',
      'commit',
      'finished_at',
      'duration_ms',
      'queue_ms',
    );
  if (options.runs) query.whereRaw(options.runs.sql, options.runs.bindings);
  const rows: Record<string, any>[] = await query;
  const deployments: Record<string, any>[] = await knex('deployments')
    .where({ production: 1 })
    .whereIn('state', ['succeeded', 'failed', 'rolled-back'])
    .where('finished_at', '>=', since)
    .whereRaw(repositories.sql, repositories.bindings)
    .select(
      ...['repository_id', 'environment', 'state', 'commit'],
      ...['committed_at', 'finished_at'],
    );
  return {
    days,
    truncated: rows.length > MOST_RUNS,
    runs: rows.slice(0, MOST_RUNS).map(row => ({
      repositoryId: row.repository_id,
      pipelineId: row.pipeline_id,
      state: row.state,
      defaultBranch: row.default_branch === 1,
      commit: row.commit,
      finishedAt: row.finished_at,
      durationMs: row.duration_ms,
      queueMs: row.queue_ms,
    })),
    deployments: deployments.map(row => ({
      repositoryId: row.repository_id,
      environment: row.environment,
      state: row.state,
      commit: row.commit,
      committedAt: row.committed_at,
      finishedAt: row.finished_at,
    })),
  };
}

/** All metrics of some samples. */
export function measure(samples: Samples): PipelineMetrics {
  return measureAll(
    samples,
    addTallies(tallyRuns(samples.runs).map(({ tally }) => tally)),
  );
}

/** The same, where the runs are added up already. */
export function measureAll(
  samples: Omit<Samples, 'runs'>,
  runs: RunTally,
): PipelineMetrics {
  const { days, truncated } = samples;
  return {
    ...{ days, truncated },
    ...measureTally(runs),
    ...measureDeployments(samples.deployments, days),
  };
}

/** Numbers for each day with a run, oldest first. */
export function byDay(samples: Samples): PipelineDay[] {
  const days = new Map<string, RunSample[]>();
  for (const run of samples.runs) {
    const day = run.finishedAt.slice(0, 10);
    const runs = days.get(day);
    if (runs) runs.push(run);
    else days.set(day, [run]);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, runs]) => {
      const numbers = numbersOf(
        runs.map(({ state, durationMs, queueMs }) => ({
          state,
          duration_ms: durationMs,
          queue_ms: queueMs,
        })),
      );
      return {
        day,
        runs: numbers.runs,
        succeeded: numbers.succeeded,
        failed: numbers.failed,
        durationP50: numbers.duration_p50,
        durationP95: numbers.duration_p95,
        queueP50: numbers.queue_p50,
      };
    });
}
