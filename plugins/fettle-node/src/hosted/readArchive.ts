import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { SourceError } from '../contracts/SourceError';
import { decodeName } from './decodeName';

type Extract = ReturnType<typeof extract>;
type Entry = Extract extends AsyncIterable<infer E> ? E : never;

/** Of the archive, unpacked. */
const MOST_BYTES = 8 * 1024 * 1024 * 1024;

/**
 * Gives each file of a commit's archive as it streams by; nothing is kept. It
 * stops where `onFile` says false, and answers whether it came to the end.
 * `path` is without the folder that all files are in.
 *
 * @public
 */
export async function readArchive(
  body: AsyncIterable<Uint8Array>,
  about: { remote: string; signal: AbortSignal },
  onFile: (path: string, chunks: AsyncIterable<Buffer>) => Promise<boolean>,
): Promise<boolean> {
  // Its types do not tell of the encoding.
  const unpack: (options: object) => Extract = extract;
  const files = unpack({ filenameEncoding: 'latin1' });
  const stop = new AbortController();
  const flow = pipeline(
    Readable.from(body),
    createGunzip(),
    files as unknown as NodeJS.WritableStream,
    { signal: AbortSignal.any([about.signal, stop.signal]) },
  );
  // It is awaited at the end; what fails before shows in the entries too.
  flow.catch(() => undefined);
  let bytes = 0;
  try {
    for await (const entry of files) {
      bytes += entry.header.size ?? 0;
      if (bytes > MOST_BYTES) throw tooLarge(about.remote);
      if (entry.header.type === 'file') {
        const chunks = entry as AsyncIterable<Buffer>;
        if (!(await onFile(pathOf(entry), chunks))) return false;
      }
      entry.resume();
    }
    await flow;
    return true;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw brokenOff(about, error);
  } finally {
    stop.abort();
    await flow.catch(() => undefined);
  }
}

/** Without the folder that all files are in. */
function pathOf({ header }: Entry): string {
  // What does not fit a plain header is given as UTF-8, all else byte by byte.
  const given = (header.pax as { path?: string } | null | undefined)?.path;
  const name = given ?? decodeName(Buffer.from(header.name, 'latin1'));
  return name.slice(name.indexOf('/') + 1);
}

function tooLarge(remote: string): SourceError {
  return new SourceError(
    'too-large',
    `Cannot search ${remote}: it is over ${MOST_BYTES} bytes.`,
    'Keep large files out of Git, for example with an object store.',
  );
}

function brokenOff(
  { remote, signal }: { remote: string; signal: AbortSignal },
  cause: unknown,
): SourceError {
  return signal.aborted
    ? new SourceError(
        'timeout',
        `The archive of ${remote} was not read in time.`,
        'Fettle tries again.',
        cause,
      )
    : new SourceError(
        'unreachable',
        `The archive of ${remote} broke off, or is none.`,
        'Check the network between the portal and the host.',
        cause,
      );
}
