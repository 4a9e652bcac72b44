const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from one time to another; negative where it lies ahead. */
export function daysBetween(from: string, to: Date): number {
  return Math.floor((to.getTime() - Date.parse(from)) / DAY_MS);
}

/** The day of a time in ISO 8601, such as `2026-06-01`. */
export function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
