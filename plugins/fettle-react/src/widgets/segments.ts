import type { HistoryPoint } from 'backstage-plugin-fettle-common';

/** A known score at a time, in milliseconds. */
export interface KnownPoint {
  at: number;
  score: number;
}

const DAY = 86_400_000;

/**
 * The stretches of days with a known score. A day whose score is unknown, or
 * on which nothing was read, ends a stretch: no line is drawn over it.
 */
export function segmentsOf(days: readonly HistoryPoint[]): KnownPoint[][] {
  const segments: KnownPoint[][] = [];
  let current: KnownPoint[] | undefined;
  let before = -Infinity;
  for (const day of days) {
    const at = Date.parse(day.at);
    // A day and a half, so that a reading an hour later each day is no gap.
    if (day.score === null || at - before > 1.5 * DAY) current = undefined;
    if (day.score !== null) {
      if (!current) {
        current = [];
        segments.push(current);
      }
      current.push({ at, score: day.score });
      before = at;
    }
  }
  return segments;
}
