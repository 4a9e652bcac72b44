import type { CampaignItemQuery } from 'backstage-plugin-fettle-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ITEM_STATES } from './campaignNumbers';

/** What the address of a campaign says of its repositories. */
export type ItemFilters = Pick<CampaignItemQuery, 'wave' | 'state' | 'cursor'>;

/** What is no filter of ours is not asked for: addresses are written by hand, too. */
function read(parameters: URLSearchParams): ItemFilters {
  const filters: ItemFilters = {};
  const wave = Number(parameters.get('wave'));
  if (Number.isInteger(wave) && wave >= 1) filters.wave = wave;
  const state = ITEM_STATES.find(one => one === parameters.get('state'));
  if (state) filters.state = state;
  const cursor = parameters.get('cursor');
  if (cursor) filters.cursor = cursor;
  return filters;
}

/** Filters and page that live in the address, so that a link shared is the same view. */
export function useItemFilters() {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const filters = useMemo(() => read(new URLSearchParams(text)), [text]);
  const change = (
    changed: Partial<Record<keyof ItemFilters, string | undefined>>,
    options = { replace: true },
  ) =>
    setParameters(current => {
      const next = new URLSearchParams(current);
      // Another filter is another list: it begins at its begin.
      next.delete('cursor');
      for (const [key, value] of Object.entries(changed)) {
        if (value === undefined) next.delete(key);
        else next.set(key, value);
      }
      return next;
    }, options);
  return {
    filters,
    filtered: filters.wave !== undefined || filters.state !== undefined,
    change,
    clear: () => change({ wave: undefined, state: undefined }),
    /** Shows the page behind a cursor, or the first; the browser leads back. */
    turn: (cursor: string | undefined) =>
      change({ cursor }, { replace: false }),
  };
}
