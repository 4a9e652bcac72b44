import { createHash } from 'node:crypto';

/** As long as plans take keys of problems. */
const MOST = 300;

/** One key out of parts; what is too long is told by its hash. */
export function keyOf(...parts: string[]): string {
  const key = parts
    .map(part => part.replace(/[%|]/g, encodeURIComponent))
    .join('|');
  if (key.length <= MOST) return key;
  return createHash('sha256').update(key).digest('hex');
}
