import type { Knex } from 'knex';
import { drawRevision } from '../revisions';

/** Makes a delivery due, whatever became of it. One that is waiting already stays so. */
export async function retryDelivery(
  knex: Knex,
  id: string,
  now: Date,
): Promise<{ revision: number } | undefined> {
  if (!/^[0-9]{1,18}$/.test(id)) return undefined;
  return knex.transaction(async trx => {
    const updated = await trx('deliveries').where({ seq: id }).update({
      state: 'received',
      reason: null,
      due_at: now.toISOString(),
    });
    return updated ? { revision: await drawRevision(trx) } : undefined;
  });
}
