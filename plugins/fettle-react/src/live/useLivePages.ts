import { useCallback } from 'react';
import { PagedReader, type Page } from './readers/PagedReader';
import { useLiveReader } from './useLiveReader';
import { statusOf } from './useLiveRepository';
import type { LiveSnapshot } from './useLiveSnapshot';

/**
 * The first pages of a list as one, kept up to date.
 *
 * @public
 */
export interface LivePages<P> extends LiveSnapshot<P> {
  /** Whether there are more than are shown. */
  hasMore: boolean;
  /** Loads one more page; does nothing while one is on its way. */
  loadMore(): void;
}

/** Follows a list that is read by cursor; it begins with one page for each key. */
export function useLivePages<P extends Page<unknown>>(options: {
  scope: string;
  key: string;
  gapMs: number;
  read(cursor: string | undefined, signal: AbortSignal): Promise<P>;
  keyOf(item: P['items'][number]): string;
}): LivePages<P> {
  const { scope, key, gapMs, read, keyOf } = options;
  const { reader, want, ...controls } = useLiveReader({
    scope,
    key,
    create: () => new PagedReader(read, keyOf, gapMs),
  });
  const loadMore = useCallback(() => {
    if (reader?.extend()) want('now');
  }, [reader, want]);
  const value = reader?.value;
  return {
    status: statusOf(value, controls.error),
    value,
    hasMore: Boolean(value?.nextCursor),
    loadMore,
    ...controls,
  };
}
