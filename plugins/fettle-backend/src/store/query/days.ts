import type { HistoryPoint } from 'backstage-plugin-fettle-common';

const DAY = 24 * 3600 * 1000;

/** Points of a row's history, and how far back a trend looks for its start. */
export const HISTORY_DAYS = 90;
/** What a trend compares with. */
export const TREND_DAYS = 7;

/** The same time some days earlier. */
export function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY).toISOString();
}

/** The day of an ISO 8601 time. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** The score minus what it was seven days ago; null where either is unknown. */
export function trendOf(
  score: number | null,
  days: readonly HistoryPoint[],
  now: Date,
): number | null {
  const then = daysBefore(now, TREND_DAYS);
  const past = days.filter(point => point.at <= then).at(-1)?.score ?? null;
  return score === null || past === null ? null : score - past;
}
