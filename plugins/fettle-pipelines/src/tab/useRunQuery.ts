import { runQuerySchema } from 'backstage-plugin-fettle-common';
import type { RunListQuery } from 'backstage-plugin-fettle-react';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The filters of the tab; each may hold several values. */
export type RunFilters = Pick<
  RunListQuery,
  'branch' | 'pipeline' | 'state' | 'event'
>;

const FILTERS = ['branch', 'pipeline', 'state', 'event'] as const;
const OPEN = 'run';

// A link may be old or typed by hand: what does not fit is left out.
function readFilters(params: URLSearchParams): RunFilters {
  const { shape } = runQuerySchema;
  const values = (name: string) => {
    const all = params.getAll(name).filter(value => value !== '');
    return all.length > 0 ? all : undefined;
  };
  return {
    branch: shape.branch.safeParse(values('branch')).data,
    pipeline: shape.pipeline.safeParse(values('pipeline')).data,
    state: shape.state.safeParse(values('state')).data,
    event: shape.event.safeParse(values('event')).data,
  };
}

/** The filters of the tab and the run that is open, kept in the URL. */
export function useRunQuery() {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);

  const change = useCallback(
    (patch: RunFilters) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          const changed = { ...readFilters(before), ...patch };
          for (const name of FILTERS) {
            next.delete(name);
            changed[name]?.forEach(value => next.append(name, value));
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const open = useCallback(
    (id: string | undefined) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          if (id === undefined) next.delete(OPEN);
          else next.set(OPEN, id);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    filters,
    filtered: FILTERS.some(name => filters[name] !== undefined),
    change,
    clear: useCallback(
      () =>
        change({
          branch: undefined,
          pipeline: undefined,
          state: undefined,
          event: undefined,
        }),
      [change],
    ),
    opened: params.get(OPEN) ?? undefined,
    open,
  };
}
