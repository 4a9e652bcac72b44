import {
  deliveryQuerySchema,
  type DeliveryState,
} from 'backstage-plugin-fettle-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Which deliveries are listed. */
export interface DeliveryFilters {
  /** Undefined for all. */
  state?: DeliveryState;
  source?: string;
}

const DEFAULT_STATE: DeliveryState = 'failed';
/** In the URL, for deliveries in whatever state. */
const ANY = 'any';

// A link may be old or typed by hand: what does not fit is left out.
function readFilters(params: URLSearchParams): DeliveryFilters {
  const { shape } = deliveryQuerySchema;
  const state = params.get('state');
  const known = shape.state.safeParse(state ?? undefined).data;
  return {
    state: state === ANY ? undefined : known ?? DEFAULT_STATE,
    source: shape.source.safeParse(params.get('source') ?? undefined).data,
  };
}

/** The state and the source of the deliveries that are listed, kept in the URL; at first, those that failed. */
export function useDeliveryFilters(): {
  filters: DeliveryFilters;
  change(patch: Partial<DeliveryFilters>): void;
} {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (patch: Partial<DeliveryFilters>) =>
      setParams(
        before => {
          const { state = ANY, source } = { ...readFilters(before), ...patch };
          const next = new URLSearchParams(before);
          next.delete('state');
          next.delete('source');
          if (state !== DEFAULT_STATE) next.set('state', state);
          if (source) next.set('source', source);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { filters, change };
}
