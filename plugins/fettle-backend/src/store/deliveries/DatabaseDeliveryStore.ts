import type { DeliveryQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { claimDeliveries } from './claimDeliveries';
import { countDeliveries } from './countDeliveries';
import type { DeliveryStore, NewDelivery } from './DeliveryStore';
import { insertDeliveries } from './insertDeliveries';
import { listDeliveries } from './listDeliveries';
import { retryDelivery } from './retryDelivery';

/** The deliveries in the plugin's database. */
export class DatabaseDeliveryStore implements DeliveryStore {
  constructor(private readonly knex: Knex) {}

  insert(deliveries: readonly NewDelivery[]) {
    return insertDeliveries(this.knex, deliveries);
  }

  claim(options: { now: Date; leaseUntil: Date; limit: number }) {
    return claimDeliveries(this.knex, options);
  }

  list(query: DeliveryQuery) {
    return listDeliveries(this.knex, query);
  }

  counts() {
    return countDeliveries(this.knex);
  }

  retry(id: string, now: Date) {
    return retryDelivery(this.knex, id, now);
  }

  revive(now: Date) {
    return this.knex('deliveries')
      .where({ state: 'ignored' })
      .whereIn('remote', this.knex('repositories').select('remote'))
      .update({ state: 'received', reason: null, due_at: now.toISOString() });
  }

  async prune(olderThan: Date) {
    await this.knex('deliveries')
      .where('received_at', '<', olderThan.toISOString())
      .delete();
  }
}
