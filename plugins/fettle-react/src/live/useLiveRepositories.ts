import {
  FLEET_SCOPE,
  type RepositorySummary,
} from 'backstage-plugin-fettle-common';
import { useCallback } from 'react';
import {
  RepositoryListReader,
  type RepositoryListQuery,
} from './readers/RepositoryListReader';
import { useLiveReader, type LiveControls } from './useLiveReader';
import { statusOf, type LiveStatus } from './useLiveRepository';

/**
 * A list of repositories that is kept up to date without moving.
 *
 * @public
 */
export interface LiveRepositories extends LiveControls {
  status: LiveStatus;
  /**
   * The rows loaded, in the order in which they were read. A row shows its
   * newest values and stays where it is, even where it no longer belongs there
   * or matches the query, until {@link LiveRepositories.showFresh}.
   */
  rows: RepositorySummary[];
  /** Rows that match the query. */
  total: number;
  hasMore: boolean;
  /** Loads one more page; does nothing while one is on its way. */
  loadMore(): void;
  /** Rows that appeared among those loaded and are not shown yet. */
  fresh: number;
  /** Whether a row changed since the order was read and may belong elsewhere. */
  moved: boolean;
  /** Reads the loaded rows anew, in their order of now. */
  showFresh(): void;
}

const NOTHING = { rows: [], total: 0, hasMore: false, fresh: 0, moved: false };

function keyOf(query: RepositoryListQuery): string {
  const entries = Object.entries(query).filter(
    ([, value]) => value !== undefined,
  );
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The repositories of a query. Equal queries need not be the same object.
 *
 * @public
 */
export function useLiveRepositories(
  query: RepositoryListQuery,
): LiveRepositories {
  const { reader, want, ...controls } = useLiveReader({
    scope: FLEET_SCOPE,
    key: `repositories:${keyOf(query)}`,
    create: api => new RepositoryListReader(api, query),
  });
  const loadMore = useCallback(() => {
    if (reader?.extend()) want('now');
  }, [reader, want]);
  return {
    status: statusOf(reader?.value, controls.error),
    ...(reader?.value ?? NOTHING),
    loadMore,
    showFresh: controls.reload,
    ...controls,
  };
}
