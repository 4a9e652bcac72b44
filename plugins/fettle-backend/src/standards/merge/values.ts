import { isDeepStrictEqual } from 'node:util';

/** What a map of JSON, YAML or TOML is read to. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date)
  );
}

export function same(first: unknown, second: unknown): boolean {
  return isDeepStrictEqual(first, second);
}

/** A list with what it does not have yet at its end. */
export function addMissing(
  is: readonly unknown[],
  wanted: readonly unknown[],
): unknown[] {
  const missing = wanted.filter(one => !is.some(other => same(one, other)));
  return [...is, ...missing];
}

/** Null deletes; where there is nothing, it says nothing. */
export function withoutNull(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNull(inner)]),
  );
}
