import { runsScope, type Run } from 'backstage-plugin-fettle-common';
import { useCallback, useEffect, useReducer } from 'react';
import type { RunListQuery } from './readers/RunListQuery';
import { RunListReader } from './readers/RunListReader';
import { useLiveReader, type LiveControls } from './useLiveReader';
import { statusOf, type LiveStatus } from './useLiveRepository';

/**
 * The runs of a repository, kept up to date.
 *
 * @public
 */
export interface LiveRuns extends LiveControls {
  status: LiveStatus;
  /** Newest first. A row shows its newest values where it stands. */
  rows: readonly Run[];
  hasMore: boolean;
  /** Loads one page of older runs; does nothing while one is on its way. */
  loadMore(): void;
  /** Newer runs that wait while the list is held. */
  fresh: readonly Run[];
  /** Puts them on top. */
  showFresh(): void;
  /** Ids of the rows that came last while the list was shown. */
  arrived: ReadonlySet<string>;
}

const NOTHING = {
  rows: [],
  hasMore: false,
  fresh: [],
  arrived: new Set<string>(),
};

function keyOf(query: RunListQuery): string {
  const entries = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The runs of a query. While `held`, new ones wait in `fresh` instead of
 * pushing what is being read. Equal queries need not be the same object.
 *
 * @public
 */
export function useLiveRuns(
  repositoryId: string,
  query: RunListQuery = {},
  held: boolean = false,
): LiveRuns {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const { reader, want, ...controls } = useLiveReader({
    scope: runsScope(repositoryId),
    key: `runs:${keyOf(query)}`,
    create: api => new RunListReader(api, repositoryId, query),
  });
  useEffect(() => {
    if (reader?.hold(held)) render();
  }, [reader, held]);
  const loadMore = useCallback(() => {
    if (reader?.extend()) want('now');
  }, [reader, want]);
  const showFresh = useCallback(() => {
    if (reader?.showFresh()) render();
  }, [reader]);
  return {
    status: statusOf(reader?.value, controls.error),
    ...(reader?.value ?? NOTHING),
    loadMore,
    showFresh,
    ...controls,
  };
}
