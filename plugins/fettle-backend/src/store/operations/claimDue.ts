import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';

/** Takes repositories that are due, the longest due first. */
export async function claimDue(
  knex: Knex,
  options: { now: Date; leaseUntil: Date; limit: number },
): Promise<string[]> {
  return knex.transaction(async trx => {
    const dialect = dialectOf(trx);
    const rows: { id: string }[] = await dialect.skipLocked(
      trx('repositories')
        .where('due_at', '<=', options.now.toISOString())
        .orderBy([{ column: 'due_at' }, { column: 'id' }])
        .limit(options.limit)
        .select('id'),
    );
    const ids = rows.map(row => row.id);
    if (ids.length === 0) return [];
    const these = dialect.oneOf('id', ids);
    await trx('repositories')
      .whereRaw(these.sql, these.bindings)
      .update({ due_at: options.leaseUntil.toISOString() });
    return ids;
  });
}
