/** The end of a stream of text: no more than `maxBytes` of it is kept, however long it is. */
export async function readTail(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ text: string; total: number }> {
  let kept = Buffer.alloc(0);
  let total = 0;
  for await (const chunk of body) {
    total += chunk.length;
    kept = Buffer.concat([kept, chunk]);
    if (kept.length > maxBytes) kept = kept.subarray(kept.length - maxBytes);
  }
  let start = 0;
  // It may begin in the middle of a character.
  // eslint-disable-next-line no-bitwise
  while (start < Math.min(4, kept.length) && (kept[start] & 0xc0) === 0x80) {
    start += 1;
  }
  return { text: kept.subarray(start).toString(), total };
}
