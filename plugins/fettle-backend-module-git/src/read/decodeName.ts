import { isUtf8 } from 'node:buffer';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name as git stores it, which is bytes. Those that are not UTF-8 become `\xNN`. */
export function decodeName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let result = '';
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    if (length > 0) {
      result += bytes.toString('utf8', index, index + length);
      index += length;
    } else {
      result += `\\x${bytes[index].toString(16).padStart(2, '0')}`;
      index += 1;
    }
  }
  return result;
}

/** Bytes of the valid UTF-8 sequence at `index`; 0 if there is none. */
function sequenceLength(bytes: Buffer, index: number): number {
  const first = bytes[index];
  let length = 1;
  if (first >= 0xf0) length = 4;
  else if (first >= 0xe0) length = 3;
  else if (first >= 0xc0) length = 2;
  if (index + length > bytes.length) return 0;
  try {
    decoder.decode(bytes.subarray(index, index + length));
    return length;
  } catch {
    return 0;
  }
}
