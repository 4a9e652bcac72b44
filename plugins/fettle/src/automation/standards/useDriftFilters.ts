import {
  driftStateSchema,
  type DriftQuery,
  type DriftState,
} from 'backstage-plugin-fettle-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the address of a standard says of its repositories. */
export interface DriftFilters {
  query: Pick<DriftQuery, 'state' | 'cursor'>;
  narrow(state: DriftState | undefined): void;
  /** Shows the page behind a cursor, or the first; the browser leads back. */
  turn(cursor: string | undefined): void;
}

/** Filter and page that live in the address, so that a link shared is the same view. */
export function useDriftFilters(): DriftFilters {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const query = useMemo(() => {
    const current = new URLSearchParams(text);
    const state = driftStateSchema.safeParse(current.get('state'));
    const cursor = current.get('cursor');
    return {
      ...(state.success && { state: state.data }),
      ...(cursor && { cursor }),
    };
  }, [text]);
  const set = (changed: Record<string, string | undefined>, replace: boolean) =>
    setParameters(
      current => {
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changed)) {
          if (value === undefined) next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace },
    );
  return {
    query,
    narrow: state => set({ state, cursor: undefined }, true),
    turn: cursor => set({ cursor }, false),
  };
}
