/** A day of a chart, as in `3 May`; days are those of UTC. */
export function dayName(day: string): string {
  return new Date(day).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}
