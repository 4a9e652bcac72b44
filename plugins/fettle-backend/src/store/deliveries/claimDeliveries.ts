import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { StoredDelivery } from './DeliveryStore';
import type { StoredDeliveryRow } from './rows';

/** Takes deliveries that are due, in the order in which they came. */
export async function claimDeliveries(
  knex: Knex,
  options: { now: Date; leaseUntil: Date; limit: number },
): Promise<StoredDelivery[]> {
  return knex.transaction(async trx => {
    const dialect = dialectOf(trx);
    const rows: StoredDeliveryRow[] = await dialect.skipLocked(
      trx('deliveries')
        .where('due_at', '<=', options.now.toISOString())
        .orderBy('seq')
        .limit(options.limit)
        .select('*'),
    );
    if (rows.length === 0) return [];
    await trx('deliveries')
      .whereIn(
        'seq',
        rows.map(row => row.seq),
      )
      .update({
        due_at: options.leaseUntil.toISOString(),
        attempts: trx.raw('attempts + 1'),
      });
    return rows.map(toStored);
  });
}

function toStored(row: StoredDeliveryRow): StoredDelivery {
  return {
    seq: `${row.seq}`,
    sourceId: row.source_id,
    id: row.delivery_id,
    event: row.event,
    authority: row.authority,
    headers: JSON.parse(row.headers),
    body: row.body,
    receivedAt: row.received_at,
    ...(row.sent_at ? { sentAt: row.sent_at } : {}),
    attempts: row.attempts + 1,
  };
}
