import type { Knex } from 'knex';

/**
 * Deletes history and snapshots older than the given time. The newest snapshot
 * of each repository stays, however old: it is what is true now.
 */
export async function prune(knex: Knex, olderThan: Date): Promise<void> {
  const at = olderThan.toISOString();
  await knex.transaction(async trx => {
    await trx('history_changes').where('at', '<', at).delete();
    await trx('history_days')
      .where('day', '<=', at.slice(0, 10))
      .where('at', '<', at)
      .delete();
    await trx('snapshots')
      .where('taken_at', '<', at)
      .whereExists(
        trx('snapshots as newer')
          .whereRaw('newer.repository_id = snapshots.repository_id')
          .whereRaw('newer.taken_at > snapshots.taken_at')
          .select(trx.raw('1')),
      )
      .delete();
  });
}
