import { SourceError } from 'backstage-plugin-fettle-node';
import { readGit, type LocalRepository } from './LocalRepository';

/** What one reading may hold in memory. */
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;

/**
 * Contents by object id, in one process. The sizes are known beforehand and
 * were found small enough.
 */
export async function readBlobs(
  repository: LocalRepository,
  blobs: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (blobs.size === 0) return contents;

  let total = 0;
  for (const size of blobs.values()) total += size;
  if (total > MAX_TOTAL_BYTES) {
    throw new SourceError(
      'too-large',
      `Cannot read ${repository.remote}: ${blobs.size} files of ${total} bytes were asked for at once.`,
      'Ask for fewer files, or for smaller ones.',
    );
  }

  const output = await readGit(
    repository,
    ['cat-file', '--batch', '--buffer'],
    {
      signal,
      input: `${[...blobs.keys()].join('\n')}\n`,
      maxOutputBytes: total + blobs.size * 128,
    },
  );
  let offset = 0;
  while (offset < output.length) {
    const end = output.indexOf(0x0a, offset);
    if (end === -1) throw damaged(repository.remote);
    const [id, type, size] = output.toString('latin1', offset, end).split(' ');
    if (type !== 'blob') throw damaged(repository.remote, id);
    const start = end + 1;
    contents.set(id, output.subarray(start, start + Number(size)));
    offset = start + Number(size) + 1;
  }
  for (const id of blobs.keys()) {
    if (!contents.has(id)) throw damaged(repository.remote, id);
  }
  return contents;
}

function damaged(remote: string, id?: string) {
  return new SourceError(
    'corrupt',
    `Cannot read ${remote}: ${
      id ? `object ${id} is missing or damaged` : 'git gave half an answer'
    }.`,
    'Run git fsck on the repository and restore what it names from another clone.',
  );
}
