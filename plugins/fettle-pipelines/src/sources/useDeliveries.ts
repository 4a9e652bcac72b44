import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type {
  DeliveryState,
  DeliverySummary,
} from 'backstage-plugin-fettle-common';
import { fettleApiRef } from 'backstage-plugin-fettle-react';
import { useCallback, useEffect, useState } from 'react';

const PAGE = 50;
const MOST = 200;

/** Deliveries in one state, newest first, read anew whenever anything changed. */
export function useDeliveries(options: {
  state: DeliveryState;
  source: string | undefined;
  revision: number;
}) {
  const { state, source, revision } = options;
  const api = useApi(fettleApiRef);
  const [limit, setLimit] = useState(PAGE);
  const [items, setItems] = useState<DeliverySummary[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const [error, setError] = useState<Error>();

  useEffect(() => {
    const abort = new AbortController();
    api.listDeliveries({ state, source, limit }, { signal: abort.signal }).then(
      page => {
        setItems(page.items);
        setHasMore(page.nextCursor !== null && limit < MOST);
      },
      reason => !abort.signal.aborted && setError(toError(reason)),
    );
    return () => abort.abort();
  }, [api, state, source, limit, revision]);

  const retry = useCallback(
    (id: string) => {
      setError(undefined);
      api.retryDelivery(id).catch(reason => setError(toError(reason)));
    },
    [api],
  );
  const loadMore = useCallback(
    () => setLimit(before => Math.min(MOST, before + PAGE)),
    [],
  );
  return { items, hasMore, error, retry, loadMore };
}
