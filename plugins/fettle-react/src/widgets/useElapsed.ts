import { useRef } from 'react';
import { useNow } from '../live/useNow';

/** Times are ISO 8601, by the clock of the host. */
interface Timed {
  startedAt: string | null;
  finishedAt: string | null;
}

/** How long something took, in ms; undefined where that is not known. */
function spanBetween(timed: Timed): number | undefined {
  if (timed.startedAt === null || timed.finishedAt === null) return undefined;
  const ms = Date.parse(timed.finishedAt) - Date.parse(timed.startedAt);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * How long something took or has been running, in ms, counted by the page's
 * own clock without a request; undefined where it did not start. A host whose
 * clock is ahead says that it starts in the future: then it counts from the
 * moment when this page first saw it.
 *
 * @public
 */
export function useElapsed(
  timed: { startedAt: string | null; finishedAt: string | null },
  running: boolean,
): number | undefined {
  // A finished one does not need the second hand; the clock of an hour hardly ticks.
  const now = useNow(running ? 1000 : 3_600_000).getTime();
  // When this start was first seen: a row may have shown it waiting long before.
  const seen = useRef<{ startedAt: string | null; at: number }>();
  if (seen.current?.startedAt !== timed.startedAt) {
    seen.current = { startedAt: timed.startedAt, at: Date.now() };
  }
  if (!running) return spanBetween(timed);
  if (timed.startedAt === null) return undefined;
  const startedAt = Date.parse(timed.startedAt);
  if (Number.isNaN(startedAt)) return undefined;
  return Math.max(0, now - Math.min(startedAt, seen.current.at));
}
