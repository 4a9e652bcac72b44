import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { decodeName, SourceError } from 'backstage-plugin-fettle-node';
import { extract } from 'tar-stream';
import type { RepositoryApi } from '../api/RepositoryApi';
import { openArchive } from './openArchive';

/** What stands in JSON for bytes that are not UTF-8: one for each, or for several. */
const LOST = /\uFFFD+/g;
/** Unpacked; of a larger repository names stay as the host gives them. */
const MOST_BYTES = 1024 * 1024 * 1024;

interface Named {
  path: string;
  size?: number;
}

type Extract = ReturnType<typeof extract>;

/**
 * The true names of files whose names are not UTF-8: the API has no place for
 * them, archives have. For nearly every repository there is nothing to ask.
 */
export async function readNames<T extends Named>(
  repository: RepositoryApi,
  commit: string,
  { files, signal }: { files: readonly T[]; signal: AbortSignal },
): Promise<Map<T, string>> {
  const odd = files.filter(({ path }) => path.includes('\uFFFD'));
  const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
  if (odd.length === 0 || bytes > MOST_BYTES) return new Map();

  const names = new Map<string, string[]>();
  const body = await openArchive(repository, commit);
  await eachName(repository, { body, signal }, raw => {
    const shown = blurred(raw.toString());
    if (!shown.includes('\uFFFD')) return;
    names.set(shown, [...(names.get(shown) ?? []), decodeName(raw)]);
  });
  // Where several names look the same, both lists have them in the same order.
  return new Map(
    odd.flatMap(entry => {
      const name = names.get(blurred(entry.path))?.shift();
      return name === undefined ? [] : [[entry, name]];
    }),
  );
}

function blurred(name: string): string {
  return name.replace(LOST, '\uFFFD');
}

/** The names of all files in an archive, without the folder that they are in. */
async function eachName(
  repository: RepositoryApi,
  { body, signal }: { body: AsyncIterable<Uint8Array>; signal: AbortSignal },
  onName: (raw: Buffer) => void,
): Promise<void> {
  // Its types do not tell of the encoding.
  const unpack: (options: object) => Extract = extract;
  const files = unpack({ filenameEncoding: 'latin1' });
  files.on('entry', ({ name, type, pax }, content, next) => {
    // What does not fit a plain header is given as UTF-8, all else byte by byte.
    const given = (pax as { path?: string } | null | undefined)?.path;
    const raw = given ? Buffer.from(given) : Buffer.from(name, 'latin1');
    const start = raw.indexOf('/') + 1;
    if (type !== 'directory') onName(raw.subarray(start));
    content.on('end', next).resume();
  });
  try {
    await pipeline(
      Readable.from(body),
      createGunzip(),
      files as unknown as NodeJS.WritableStream,
      { signal },
    );
  } catch (error) {
    throw new SourceError(
      signal.aborted ? 'timeout' : 'unreachable',
      `The archive of ${repository.location.remote} broke off, or was not read in time.`,
      'Check the network between the portal and the host.',
      error,
    );
  }
}
