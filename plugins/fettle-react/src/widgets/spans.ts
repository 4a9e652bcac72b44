/** A span of time in its largest whole unit. */
export interface Span {
  unit: 'seconds' | 'minutes' | 'hours' | 'days';
  n: number;
}

/** Spans are cut, not rounded: an age is never shown as more than it is. */
export function spanOf(ms: number): Span {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { unit: 'seconds', n: seconds };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { unit: 'hours', n: hours };
  return { unit: 'days', n: Math.floor(hours / 24) };
}

/** How often an age of this span needs another look, in milliseconds. */
export function tickOf({ unit }: Span): number {
  return unit === 'seconds' ? 1000 : 15_000;
}

/** The exact time, in the reader's own zone. */
export function exactTime(date: Date): string {
  return date.toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}

/** The time of day, with the date where that is not today. */
export function clockTime(date: Date, now: Date): string {
  const sameDay = date.toDateString() === now.toDateString();
  return date.toLocaleString(
    undefined,
    sameDay
      ? { hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  );
}

/** A day as in `3 May`. */
export function dayName(date: Date): string {
  return date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}
