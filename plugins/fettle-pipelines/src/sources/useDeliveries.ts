import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { DeliverySummary } from 'backstage-plugin-fettle-common';
import { fettleApiRef, type FettleApi } from 'backstage-plugin-fettle-react';
import { useCallback, useEffect, useState } from 'react';
import type { DeliveryFilters } from './useDeliveryFilters';

const PAGE = 50;
const LARGEST_PAGE = 200;

interface Listed {
  /** Of which filters. */
  key: string;
  items: readonly DeliverySummary[];
  nextCursor: string | null;
}

/** The newest deliveries, as many pages of them as it takes. */
async function readNewest(
  api: FettleApi,
  filters: DeliveryFilters,
  count: number,
  signal: AbortSignal,
): Promise<Omit<Listed, 'key'>> {
  const items: DeliverySummary[] = [];
  let cursor: string | undefined;
  for (;;) {
    const limit = Math.min(LARGEST_PAGE, count - items.length);
    const query = { ...filters, limit, ...(cursor ? { cursor } : {}) };
    const page = await api.listDeliveries(query, { signal });
    items.push(...page.items);
    const { nextCursor } = page;
    if (nextCursor === null || items.length >= count) {
      return { items, nextCursor };
    }
    cursor = nextCursor;
  }
}

/** Deliveries, newest first, page by page; read anew whenever anything changed. */
export function useDeliveries(filters: DeliveryFilters, revision: number) {
  const { state, source } = filters;
  const api = useApi(fettleApiRef);
  const key = JSON.stringify([state, source]);
  const [listed, setListed] = useState<Listed>();
  const [error, setError] = useState<Error>();
  const [count, setCount] = useState({ key, wanted: PAGE });
  const wanted = count.key === key ? count.wanted : PAGE;
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    readNewest(api, { state, source }, wanted, abort.signal).then(
      read => {
        if (abort.signal.aborted) return;
        setListed({ key, ...read });
        setError(undefined);
      },
      reason => {
        if (!abort.signal.aborted) setError(toError(reason));
      },
    );
    return () => abort.abort();
  }, [api, key, state, source, wanted, revision, tries]);

  const reload = useCallback(() => setTries(before => before + 1), []);
  const current = listed?.key === key ? listed : undefined;
  const shown = current?.items.length ?? 0;
  const loadMore = useCallback(
    () => setCount({ key, wanted: shown + PAGE }),
    [key, shown],
  );
  return {
    /** Undefined until they were read. */
    items: current?.items,
    hasMore: current !== undefined && current.nextCursor !== null,
    loadMore,
    /** Why the newest could not be read; what was read before stays beside it. */
    error,
    reload,
  };
}
