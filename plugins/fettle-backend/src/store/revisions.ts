import type { Knex } from 'knex';

/** How far the revision has counted. */
export interface Revisions {
  value: number;
  /** The last revision after which rows alone do not tell what changed. */
  structure: number;
}

/** Read it before the rows it goes with: they are then at least as new. */
export async function readRevisions(knex: Knex): Promise<Revisions> {
  const row = await knex('revisions')
    .where({ id: 1 })
    .first('value', 'structure');
  return { value: Number(row.value), structure: Number(row.structure) };
}

/**
 * Draws the next revision. The counter row stays locked until the transaction
 * ends, so revisions are committed in their order; draw it as late as possible,
 * after every other lock.
 */
export async function drawRevision(
  trx: Knex.Transaction,
  options: { structural?: boolean } = {},
): Promise<number> {
  const next = trx.raw('?? + 1', ['value']);
  const [row] = await trx('revisions')
    .where({ id: 1 })
    .update(
      options.structural ? { value: next, structure: next } : { value: next },
    )
    .returning('value');
  return Number(row.value);
}
