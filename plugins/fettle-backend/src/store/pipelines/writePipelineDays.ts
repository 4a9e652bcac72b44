import type { Knex } from 'knex';

/** One day of one pipeline. */
export interface PipelineDayKey {
  repositoryId: string;
  pipelineId: string;
  /** `2026-11-23`, UTC. */
  day: string;
}

/** Makes the numbers of days anew from the runs that finished in them. */
export async function writePipelineDays(
  _trx: Knex.Transaction,
  _days: readonly PipelineDayKey[],
): Promise<void> {}
