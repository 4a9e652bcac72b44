import { InputError } from '@backstage/errors';
import type {
  DeliveryPage,
  DeliveryQuery,
  DeliveryState,
  DeliverySummary,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { storable } from '../storable';
import type { StoredDeliveryRow } from './rows';

/** One page of deliveries, newest first, without their bodies. */
export async function listDeliveries(
  knex: Knex,
  query: DeliveryQuery,
): Promise<DeliveryPage> {
  const rows = knex('deliveries')
    .orderBy('seq', 'desc')
    .limit(query.limit + 1)
    .select(
      'seq',
      'source_id',
      'delivery_id',
      'event',
      'state',
      'reason',
      'received_at',
      'processed_at',
      'attempts',
      'bytes',
      'repository_id',
    );
  if (query.source) rows.where({ source_id: storable(query.source) });
  if (query.state) rows.where({ state: query.state });
  if (query.cursor !== undefined) {
    if (!/^[0-9]{1,18}$/.test(query.cursor)) {
      throw new InputError('The cursor is not one that this list gave.');
    }
    rows.where('seq', '<', query.cursor);
  }
  const found: Omit<StoredDeliveryRow, 'body' | 'headers' | 'authority'>[] =
    await rows;
  const items = found.slice(0, query.limit).map(
    (row): DeliverySummary => ({
      id: `${row.seq}`,
      source: row.source_id,
      deliveryId: row.delivery_id,
      event: row.event,
      state: row.state as DeliveryState,
      reason: row.reason === null ? null : JSON.parse(row.reason),
      receivedAt: row.received_at,
      processedAt: row.processed_at,
      attempts: row.attempts,
      bytes: row.bytes,
      repositoryId: row.repository_id,
    }),
  );
  return {
    items,
    nextCursor: found.length > query.limit ? items[items.length - 1].id : null,
  };
}
