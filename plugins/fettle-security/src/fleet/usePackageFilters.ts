import {
  packageQuerySchema,
  packageUsesQuerySchema,
  type PackageQuery,
} from 'backstage-plugin-fettle-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The filters of packages and of the uses of one of them. */
export type PackageFilters = Pick<
  PackageQuery,
  'search' | 'ecosystem' | 'licence' | 'owner'
>;

const FILTERS = ['search', 'ecosystem', 'licence', 'owner'] as const;
const { shape } = packageQuerySchema;
const { range: rangeSchema } = packageUsesQuerySchema.shape;

type Parameter = keyof PackageFilters | 'range' | 'name' | 'of';
type Patch = Partial<Record<Parameter, string | undefined>>;

/** Filters and the opened package, which live in the address, so that a link shared is the same view. */
export function usePackageFilters() {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const read = useMemo(() => readAddress(new URLSearchParams(text)), [text]);
  const linkTo = (patch: Patch) =>
    `?${patched(new URLSearchParams(text), patch)}`;
  return {
    ...read,
    filtered: Object.keys(read.filters).length > 0,
    change: (patch: Patch) =>
      setParameters(current => patched(current, patch), { replace: true }),
    clear: () => setParameters({}, { replace: true }),
    linkTo: (ecosystem: string, name: string) =>
      linkTo({ of: ecosystem, name }),
    back: linkTo({
      ...{ of: undefined, name: undefined, range: undefined },
      ecosystem: read.filters.ecosystem,
    }),
  };
}

function patched(parameters: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const [key, value] of Object.entries(patch)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** What does not fit is left out: addresses are written by hand, too. */
function readAddress(parameters: URLSearchParams) {
  const filters: PackageFilters = {};
  for (const key of FILTERS) {
    const value = shape[key].safeParse(parameters.get(key)?.trim());
    if (value.success && value.data) filters[key] = value.data;
  }
  const range = rangeSchema.safeParse(parameters.get('range') ?? undefined);
  const name = parameters.get('name');
  const of = parameters.get('of') ?? parameters.get('ecosystem');
  // An older link has the ecosystem of the package where the filter is now.
  if (name && !parameters.has('of')) delete filters.ecosystem;
  return {
    filters,
    range: range.success ? range.data : undefined,
    opened: name && of ? { ecosystem: of, name } : undefined,
  };
}
