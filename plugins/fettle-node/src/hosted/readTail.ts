import { isUtf8 } from 'node:buffer';

/**
 * The end of a stream of text: no more than `maxBytes` of it is kept, however
 * long it is, and what is kept takes no more as UTF-8. `total` is the length of
 * the stream in bytes.
 *
 * @public
 */
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
  while (start < Math.min(4, kept.length) && isContinued(kept[start])) {
    start += 1;
  }
  return { text: decode(kept.subarray(start), maxBytes), total };
}

/** What is no UTF-8 takes more bytes once it is text. */
function decode(bytes: Buffer, maxBytes: number): string {
  const text = bytes.toString();
  if (isUtf8(bytes)) return text;
  const encoded = Buffer.from(text);
  if (encoded.length <= maxBytes) return text;
  // Backwards, so that the end of the log is what remains.
  let start = encoded.length - maxBytes;
  while (isContinued(encoded[start])) start += 1;
  return encoded.subarray(start).toString();
}

/** Whether a byte of UTF-8 goes on with a character that began before it. */
function isContinued(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
