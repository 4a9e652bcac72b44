import type { Knex } from 'knex';
import { percentile } from '../../metrics/metric';
import { upsertRows, type Table } from '../writeRows';

/** One day of one pipeline. */
export interface PipelineDayKey {
  repositoryId: string;
  pipelineId: string;
  /** `2026-11-23`, UTC. */
  day: string;
}

export interface PipelineDayRow {
  repository_id: string;
  pipeline_id: string;
  day: string;
  runs: number;
  succeeded: number;
  failed: number;
  duration_p50: number | null;
  duration_p95: number | null;
  queue_p50: number | null;
}

const PIPELINE_DAYS: Table<PipelineDayRow> = {
  name: 'pipeline_days',
  key: ['repository_id', 'pipeline_id', 'day'],
  columns: {
    repository_id: 'text',
    pipeline_id: 'text',
    day: 'text',
    runs: 'integer',
    succeeded: 'integer',
    failed: 'integer',
    duration_p50: 'integer',
    duration_p95: 'integer',
    queue_p50: 'integer',
  },
};

/** Makes the numbers of days anew from the runs that finished in them. */
export async function writePipelineDays(
  trx: Knex.Transaction,
  days: readonly PipelineDayKey[],
): Promise<void> {
  const rows: PipelineDayRow[] = [];
  for (const { repositoryId, pipelineId, day } of days) {
    const runs: DayRun[] = await trx('runs')
      .where({ repository_id: repositoryId, pipeline_id: pipelineId })
      .where('finished_at', '>=', `${day}T`)
      .where('finished_at', '<', `${day}U`)
      .select('state', 'duration_ms', 'queue_ms');
    rows.push({
      repository_id: repositoryId,
      pipeline_id: pipelineId,
      day,
      ...numbersOf(runs),
    });
  }
  await upsertRows(trx, PIPELINE_DAYS, rows);
}

interface DayRun {
  state: string;
  duration_ms: number | null;
  queue_ms: number | null;
}

/** The numbers of the runs of one day. */
export function numbersOf(runs: readonly DayRun[]) {
  const good = runs.filter(({ state }) => state === 'succeeded');
  const durations = known(good.map(run => run.duration_ms));
  const queues = known(runs.map(run => run.queue_ms));
  const at = (values: number[], share: number) =>
    values.length > 0 ? percentile(values, share) : null;
  return {
    runs: runs.length,
    succeeded: good.length,
    failed: runs.filter(({ state }) => state === 'failed').length,
    duration_p50: at(durations, 0.5),
    duration_p95: at(durations, 0.95),
    queue_p50: at(queues, 0.5),
  };
}

function known(values: (number | null)[]): number[] {
  return values.filter((value): value is number => value !== null);
}
