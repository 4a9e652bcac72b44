import { SourceError } from 'backstage-plugin-fettle-node';

/** An answer's text; one that is longer breaks off. */
export async function readBody(
  response: Response,
  maxBytes: number,
  about: string,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) {
      throw new SourceError(
        'too-large',
        `${about} answered with more than ${maxBytes} bytes.`,
        'Ask it for less.',
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
