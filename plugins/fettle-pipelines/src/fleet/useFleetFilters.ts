import { fleetPipelinesQuerySchema } from 'backstage-plugin-fettle-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the page is narrowed to, kept in its address. */
export interface FleetFilters {
  days: number;
  owner?: string;
}

const DEFAULT_DAYS = 7;

/** The windows that can be chosen, in days. */
export const WINDOWS = [7, 30, 90] as const;

// A link may be old or typed by hand: what does not fit is left out.
function readFilters(params: URLSearchParams): FleetFilters {
  const days = Number(params.get('days'));
  const { owner } = fleetPipelinesQuerySchema.shape;
  return {
    days: WINDOWS.find(one => one === days) ?? DEFAULT_DAYS,
    owner: owner.safeParse(params.get('owner') ?? undefined).data,
  };
}

/** The window and the owner of the Pipelines page, kept in the URL. */
export function useFleetFilters(): {
  filters: FleetFilters;
  change(patch: Partial<FleetFilters>): void;
} {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (patch: Partial<FleetFilters>) =>
      setParams(
        before => {
          const { days, owner } = { ...readFilters(before), ...patch };
          const next = new URLSearchParams(before);
          next.delete('days');
          next.delete('owner');
          if (days !== DEFAULT_DAYS) next.set('days', String(days));
          if (owner) next.set('owner', owner);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { filters, change };
}
