import { useSearchParams } from 'react-router-dom';

/** What the page is narrowed to, kept in its address. */
export interface FleetFilters {
  days: number;
  owner?: string;
}

const DEFAULT_DAYS = 7;

/** The windows that can be chosen, in days. */
export const WINDOWS = [7, 30, 90] as const;

export function useFleetFilters(): {
  filters: FleetFilters;
  change(filters: Partial<FleetFilters>): void;
} {
  const [parameters, setParameters] = useSearchParams();
  const days = Number(parameters.get('days'));
  const filters: FleetFilters = {
    days: WINDOWS.find(one => one === days) ?? DEFAULT_DAYS,
    owner: parameters.get('owner') ?? undefined,
  };
  return {
    filters,
    change(changes) {
      const next = { ...filters, ...changes };
      setParameters({
        ...(next.days === DEFAULT_DAYS ? {} : { days: String(next.days) }),
        ...(next.owner ? { owner: next.owner } : {}),
      });
    },
  };
}
