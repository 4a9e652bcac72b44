/** Before this, a time of a host means that there is none: it counts from 1970, or from the year 1. */
const FIRST = Date.UTC(1980, 0);

/** ISO 8601, UTC, of a time as hosts write it; undefined for what is none. */
export function timeOf(value: string | null | undefined): string | undefined {
  if (!value) return undefined;
  const parsed = new Date(value);
  return parsed.getTime() >= FIRST ? parsed.toISOString() : undefined;
}
