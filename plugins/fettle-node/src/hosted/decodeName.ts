import { isUtf8 } from 'node:buffer';

/**
 * A name as Git stores it, which is bytes. Those that are not UTF-8 become
 * `\xNN`.
 *
 * @public
 */
export function decodeName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let name = '';
  for (let start = 0; start < bytes.length; ) {
    let length = Math.min(4, bytes.length - start);
    while (length > 0 && !isCharacter(bytes.subarray(start, start + length))) {
      length -= 1;
    }
    name +=
      length > 0
        ? bytes.toString('utf8', start, start + length)
        : `\\x${bytes[start].toString(16).padStart(2, '0')}`;
    start += Math.max(1, length);
  }
  return name;
}

function isCharacter(bytes: Buffer): boolean {
  return isUtf8(bytes) && [...bytes.toString()].length === 1;
}
