/** What comes one by one, so many at a time. */
export function* inBatches<T>(
  items: Iterable<T>,
  size: number,
): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
