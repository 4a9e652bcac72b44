import type { Knex } from 'knex';

/**
 * Makes a repository due now. A reading that began earlier does not settle it:
 * the request is remembered until one begins later.
 */
export async function markDue(
  knex: Knex,
  repositoryId: string,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await knex('repositories')
    .where({ id: repositoryId })
    .update({
      requested_at: at,
      due_at: knex.raw('case when due_at < ? then due_at else ? end', [at, at]),
    });
}
