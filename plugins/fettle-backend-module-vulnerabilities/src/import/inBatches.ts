/** What comes one by one, so many at a time, and fewer where they are large: a batch is held in memory. */
export function* inBatches<T>(
  items: Iterable<T>,
  size: number,
  weighed?: { bytesOf: (item: T) => number; bytes: number },
): Generator<T[]> {
  let batch: T[] = [];
  let held = 0;
  for (const item of items) {
    const bytes = weighed?.bytesOf(item) ?? 0;
    const isFull =
      batch.length === size ||
      (weighed !== undefined && held + bytes > weighed.bytes);
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      held = 0;
    }
    batch.push(item);
    held += bytes;
  }
  if (batch.length > 0) yield batch;
}
