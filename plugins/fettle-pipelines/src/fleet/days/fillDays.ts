import type { PipelineDay } from 'backstage-plugin-fettle-common';

const DAY_MS = 86_400_000;

/** The last days up to today in UTC, oldest first; those of which nothing is known had no run. */
export function fillDays(
  known: readonly PipelineDay[],
  window: { days: number; now: Date },
): PipelineDay[] {
  const byDay = new Map(known.map(day => [day.day, day]));
  const newest = known.length > 0 ? known[known.length - 1].day : '';
  const today = window.now.toISOString().slice(0, 10);
  // The portal's clock may be on the next day already.
  const end = Date.parse(newest > today ? newest : today);
  return Array.from({ length: window.days }, (_, index) => {
    const at = end - (window.days - 1 - index) * DAY_MS;
    const day = new Date(at).toISOString().slice(0, 10);
    return (
      byDay.get(day) ?? {
        ...{ day, runs: 0, succeeded: 0, failed: 0 },
        ...{ durationP50: null, durationP95: null, queueP50: null },
      }
    );
  });
}
