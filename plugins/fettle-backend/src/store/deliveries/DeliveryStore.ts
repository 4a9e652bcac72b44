import type {
  DeliveryPage,
  DeliveryQuery,
  DeliveryState,
} from 'backstage-plugin-fettle-common';
import type { Delivery } from 'backstage-plugin-fettle-node';

/** A delivery as it came in. */
export interface NewDelivery extends Delivery {
  sourceId: string;
  bytes: number;
  /** When a sweep may take it, if whoever took it in did not get to it. */
  dueAt: Date;
}

/** A delivery that is stored and waits to be read. */
export interface StoredDelivery extends Delivery {
  /** Its place in the order in which they came, as text. */
  seq: string;
  sourceId: string;
  attempts: number;
}

/** What is known of the deliveries of one source. */
export interface DeliveryCounts {
  sourceId: string;
  states: Record<DeliveryState, number>;
  lastReceivedAt: string | null;
  /** Of the oldest that waits. */
  oldestWaitingAt: string | null;
}

/** Deliveries, from the moment they are accepted. */
export interface DeliveryStore {
  /**
   * Keeps deliveries, in their order, in one transaction.
   *
   * @returns for each its place, or undefined where its id was known already
   */
  insert(deliveries: readonly NewDelivery[]): Promise<(string | undefined)[]>;

  /** Takes those that are due, in their order, and makes them due again at `leaseUntil`. Counts the attempt. */
  claim(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<StoredDelivery[]>;

  list(query: DeliveryQuery): Promise<DeliveryPage>;
  counts(): Promise<DeliveryCounts[]>;

  /** Makes one that failed or was ignored due now; undefined where there is no such delivery. */
  retry(id: string, now: Date): Promise<{ revision: number } | undefined>;

  /**
   * Makes those due again that came before their repository was known.
   *
   * @returns how many
   */
  revive(now: Date): Promise<number>;

  prune(olderThan: Date): Promise<void>;
}
