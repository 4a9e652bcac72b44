import type { Knex } from 'knex';
import { drawRevision } from '../revisions';
import type { RunRow } from './rows';
import type { DoubtfulRun } from './RunStore';

/** The unfinished runs of which nothing was heard for longest. */
export async function doubtful(
  knex: Knex,
  now: Date,
  limit: number,
): Promise<DoubtfulRun[]> {
  const rows: RunRow[] = await knex('runs')
    .where('doubt_at', '<=', now.toISOString())
    .orderBy([{ column: 'doubt_at' }, { column: 'id' }])
    .limit(limit)
    .select('*');
  return rows.map(row => ({
    id: row.id,
    repositoryId: row.repository_id,
    sourceId: row.source_id,
    ref: {
      runId: row.run_id,
      attempt: row.attempt,
      pipelineId: row.pipeline_id,
    },
    changedAt: row.changed_at,
  }));
}

/** When to doubt a run again; with `gone`, never, and its state is unknown for that reason. */
export async function doubtAgain(
  knex: Knex,
  id: string,
  at: Date | null,
  gone?: { reason: string },
): Promise<number | null> {
  return knex.transaction(async trx => {
    const run = trx('runs').where({ id });
    if (!gone) {
      // It may have finished meanwhile: then there is no doubt.
      await run
        .whereNotNull('doubt_at')
        .update({ doubt_at: at?.toISOString() ?? null });
      return null;
    }
    const revision = await drawRevision(trx);
    await run.update({
      state: 'unknown',
      host_state: gone.reason,
      doubt_at: null,
      requested: null,
      revision,
    });
    return revision;
  });
}
