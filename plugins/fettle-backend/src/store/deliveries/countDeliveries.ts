import {
  deliveryStateSchema,
  type DeliveryState,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { DeliveryCounts } from './DeliveryStore';

/** The deliveries of each source that has any, by state. */
export async function countDeliveries(knex: Knex): Promise<DeliveryCounts[]> {
  const rows: {
    source_id: string;
    state: DeliveryState;
    count: string | number;
    last: string;
    first: string;
  }[] = await knex('deliveries')
    .groupBy('source_id', 'state')
    .select('source_id', 'state')
    .count({ count: '*' })
    .max({ last: 'received_at' })
    .min({ first: 'received_at' });
  const bySource = new Map<string, DeliveryCounts>();
  for (const row of rows) {
    const counts = bySource.get(row.source_id) ?? none(row.source_id);
    bySource.set(row.source_id, counts);
    counts.states[row.state] = Number(row.count);
    if (row.last > (counts.lastReceivedAt ?? '')) {
      counts.lastReceivedAt = row.last;
    }
    if (row.state === 'received') counts.oldestWaitingAt = row.first;
  }
  return [...bySource.values()];
}

function none(sourceId: string): DeliveryCounts {
  return {
    sourceId,
    states: Object.fromEntries(
      deliveryStateSchema.options.map(state => [state, 0]),
    ) as DeliveryCounts['states'],
    lastReceivedAt: null,
    oldestWaitingAt: null,
  };
}
