import {
  findingKindSchema,
  findingStateSchema,
  severitySchema,
  type FindingQuery,
} from 'backstage-plugin-fettle-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The filters of a list of findings. */
export type FindingFilters = Pick<
  FindingQuery,
  'kind' | 'severity' | 'state' | 'search' | 'rule'
>;

const SCHEMAS = {
  kind: findingKindSchema,
  severity: severitySchema,
  state: findingStateSchema,
} as const;
const LISTS = ['kind', 'severity', 'state'] as const;
const TEXTS = ['search', 'rule'] as const;
type Key = (typeof LISTS)[number] | (typeof TEXTS)[number];

/** Filters that live in the address, so that a link shared is the same view. */
export function useFindingFilters() {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const filters = useMemo(() => read(new URLSearchParams(text)), [text]);
  const change = (
    changed: Partial<Record<Key, readonly string[] | string>>,
  ) => {
    setParameters(
      current => {
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changed)) {
          next.delete(key);
          for (const one of [value ?? []].flat()) {
            if (one !== '') next.append(key, one);
          }
        }
        return next;
      },
      { replace: true },
    );
  };
  const clear = () =>
    change(Object.fromEntries([...LISTS, ...TEXTS].map(key => [key, []])));
  return {
    filters,
    filtered: Object.keys(filters).length > 0,
    change,
    clear,
  };
}

/** What is no filter of ours is not asked for: addresses are written by hand, too. */
function read(parameters: URLSearchParams): FindingFilters {
  const filters: FindingFilters = {};
  for (const key of LISTS) {
    const values = parameters.getAll(key).flatMap(value => {
      const parsed = SCHEMAS[key].safeParse(value);
      return parsed.success ? [parsed.data] : [];
    });
    if (values.length > 0) Object.assign(filters, { [key]: values });
  }
  for (const key of TEXTS) {
    const value = parameters.get(key)?.trim();
    if (value) filters[key] = value.slice(0, 200);
  }
  return filters;
}
