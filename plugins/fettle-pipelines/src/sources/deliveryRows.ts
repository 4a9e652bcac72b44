import type {
  DeliveryState,
  DeliverySummary,
} from 'backstage-plugin-fettle-common';
import type { Retry } from './useRetries';

/** A delivery as it is listed. */
export interface DeliveryRow {
  delivery: DeliverySummary;
  retry?: Retry;
  /** It was tried again and is in another state now than the one that is listed. */
  left: boolean;
  /** It was tried again, and that is over. */
  tried: boolean;
}

/**
 * What is listed, and in its place what was listed when someone had it tried
 * again: a row that one works on does not vanish under the pointer.
 */
export function deliveryRows(
  items: readonly DeliverySummary[],
  retries: Readonly<Record<string, Retry>>,
  filters: { state?: DeliveryState; source?: string },
): DeliveryRow[] {
  const listed = new Set(items.map(({ id }) => id));
  const rows = items.map((delivery): DeliveryRow => {
    const retry = retries[delivery.id];
    const tried =
      retry?.state === 'accepted' &&
      delivery.state !== 'received' &&
      delivery.attempts > retry.delivery.attempts;
    return { delivery, retry, left: false, tried };
  });
  for (const retry of Object.values(retries)) {
    const { delivery, state } = retry;
    const fits =
      delivery.state === filters.state &&
      (!filters.source || delivery.source === filters.source);
    if (state === 'accepted' && fits && !listed.has(delivery.id)) {
      rows.push({ delivery, retry, left: true, tried: false });
    }
  }
  return rows.sort((a, b) =>
    compare(b.delivery.receivedAt, a.delivery.receivedAt),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
