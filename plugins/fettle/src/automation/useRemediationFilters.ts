import {
  remediationStateSchema,
  type RemediationQuery,
} from 'backstage-plugin-fettle-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the address of the list of remediations says. */
export type RemediationFilters = Pick<
  RemediationQuery,
  'state' | 'playbook' | 'campaign' | 'cursor'
>;

const TEXTS = ['playbook', 'campaign', 'cursor'] as const;

/** What is no filter of ours is not asked for: addresses are written by hand, too. */
function read(parameters: URLSearchParams): RemediationFilters {
  const filters: RemediationFilters = {};
  const states = parameters.getAll('state').flatMap(value => {
    const parsed = remediationStateSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  if (states.length > 0) filters.state = states;
  for (const key of TEXTS) {
    const value = parameters.get(key)?.trim();
    if (value) filters[key] = value;
  }
  return filters;
}

/** Filters and page that live in the address, so that a link shared is the same view. */
export function useRemediationFilters() {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const filters = useMemo(() => read(new URLSearchParams(text)), [text]);
  const change = (
    changed: Partial<Record<keyof RemediationFilters, string | string[]>>,
    options = { replace: true },
  ) => {
    setParameters(current => {
      const next = new URLSearchParams(current);
      // Another filter is another list: it begins at its begin.
      next.delete('cursor');
      for (const [key, value] of Object.entries(changed)) {
        next.delete(key);
        [value ?? []].flat().forEach(one => next.append(key, one));
      }
      return next;
    }, options);
  };
  const { cursor, ...narrowed } = filters;
  return {
    filters,
    filtered: Object.keys(narrowed).length > 0,
    change,
    clear: () => change({ state: [], playbook: [], campaign: [] }),
    /** Shows the page behind a cursor, or the first; the browser leads back. */
    turn: (to: string | undefined) =>
      change({ cursor: to ?? [] }, { replace: false }),
  };
}
