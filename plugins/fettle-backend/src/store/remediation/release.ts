import type { Knex } from 'knex';
import type { StoredRemediation } from './StoredRemediation';

/** Gives the repository free, and wakes who waited for it, or for room on its host. */
export async function release(
  trx: Knex.Transaction,
  { id, repositoryId, host }: StoredRemediation,
  at: string,
): Promise<string[]> {
  await trx('remediation_locks').where({ remediation_id: id }).delete();
  const next = await trx('remediations')
    .where({ state: 'blocked', host })
    .orderBy('created_at')
    .first('id');
  const rows: { id: string }[] = await trx('remediations')
    .where({ state: 'blocked' })
    .where(waiting =>
      waiting
        .where({ repository_id: repositoryId })
        .orWhere({ id: next?.id ?? '' }),
    )
    .whereNot({ id })
    .update({ due_at: at, nudges: trx.raw('nudges + 1') })
    .returning('id');
  return rows.map(row => row.id);
}
