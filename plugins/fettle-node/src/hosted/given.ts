/**
 * A property that is left out where the host did not tell its value.
 *
 * @public
 */
export function given<K extends string, T>(
  name: K,
  value: T | null | undefined,
): Partial<Record<K, T>> {
  return (
    value === null || value === undefined ? {} : { [name]: value }
  ) as Partial<Record<K, T>>;
}
