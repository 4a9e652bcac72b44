import {
  repositoryQuerySchema,
  type RepositoryQuery,
} from 'backstage-plugin-fettle-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The filters of the Fleet page; each may hold several values. */
export type FleetFilter = 'owner' | 'system' | 'state' | 'level' | 'check';

/** What the URL of the Fleet page says. */
export type FleetQuery = Pick<
  Partial<RepositoryQuery>,
  FleetFilter | 'search'
> &
  Pick<RepositoryQuery, 'sort' | 'order'>;

const LISTS = ['owner', 'system', 'state', 'level'] as const;
const { shape } = repositoryQuerySchema;

// A link may be old or typed by hand: what does not fit is left out.
function readQuery(params: URLSearchParams): FleetQuery {
  const sort = shape.sort.safeParse(params.get('sort') ?? undefined);
  const order = shape.order.safeParse(params.get('order') ?? undefined);
  const query: FleetQuery = {
    sort: sort.success ? sort.data : 'score',
    order: order.success ? order.data : 'asc',
  };
  const owner = shape.owner.safeParse(valuesOf(params, 'owner'));
  if (owner.success && owner.data) query.owner = owner.data;
  const system = shape.system.safeParse(valuesOf(params, 'system'));
  if (system.success && system.data) query.system = system.data;
  const state = shape.state.safeParse(valuesOf(params, 'state'));
  if (state.success && state.data) query.state = state.data;
  const level = shape.level.safeParse(valuesOf(params, 'level'));
  if (level.success && level.data) query.level = level.data;
  const check = shape.check.safeParse(params.get('check') ?? undefined);
  if (check.success && check.data) query.check = check.data;
  const search = shape.search.safeParse(params.get('search') ?? undefined);
  if (search.success && search.data) query.search = search.data;
  return query;
}

function valuesOf(params: URLSearchParams, name: string) {
  const values = params.getAll(name);
  return values.length > 0 ? values : undefined;
}

function writeQuery(query: FleetQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of LISTS) {
    query[name]?.forEach(value => params.append(name, value));
  }
  if (query.check) params.set('check', query.check);
  if (query.search) params.set('search', query.search);
  if (query.sort !== 'score' || query.order !== 'asc') {
    params.set('sort', query.sort);
    params.set('order', query.order);
  }
  return params;
}

/** The filters and the order of the Fleet page, kept in the URL. */
export function useFleetQuery() {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const query = useMemo(() => readQuery(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (patch: Partial<FleetQuery>) => {
      setParams(before => writeQuery({ ...readQuery(before), ...patch }), {
        replace: true,
      });
    },
    [setParams],
  );
  const clear = useCallback(
    () =>
      setParams(
        before => {
          const { sort, order } = readQuery(before);
          return writeQuery({ sort, order });
        },
        { replace: true },
      ),
    [setParams],
  );
  const filtered = Boolean(
    query.check || query.search || LISTS.some(name => query[name]),
  );
  return { query, change, clear, filtered };
}
