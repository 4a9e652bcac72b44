import type { FoundLine } from '../contracts/RepositoryTree';
import { SourceError } from '../contracts/SourceError';
import type { HostedEntry } from './HostedEntry';
import type { HostedTreeOptions } from './HostedTreeOptions';
import { LineFinder } from './LineFinder';
import { readArchive } from './readArchive';

/** Larger files are passed over like binary ones. */
const MOST_SEARCHED_BYTES = 32 * 1024 * 1024;
/** Files that the archive leaves out and that are read one by one. */
const MOST_LEFT_OUT = 500;
/** Found in all before they are put in order; more than this is no finding any more. */
const MOST_FOUND = 50_000;

/**
 * Lines that start with one of the prefixes, found in the archive of the
 * commit while it streams by: one request, whatever the size. What
 * `export-ignore` keeps out of an archive is read by itself.
 */
export async function findLines(
  tree: HostedTreeOptions,
  prefixes: readonly string[],
  limit: number,
): Promise<{ lines: FoundLine[]; complete: boolean }> {
  if (prefixes.some(prefix => /[\n\0]/.test(prefix))) {
    throw new TypeError('A prefix is a part of one line');
  }
  const { remote, signal } = tree;
  const left = new Map(
    tree.entries
      .filter(({ type, size }) => type === 'file' && size > 0)
      .filter(({ size }) => size <= MOST_SEARCHED_BYTES)
      .map(entry => [entry.path, entry]),
  );
  const lines: FoundLine[] = [];
  const search = async (
    path: string,
    chunks: AsyncIterable<Buffer> | Buffer[],
  ) => {
    const room = MOST_FOUND + 1 - lines.length;
    const finder = new LineFinder(path, prefixes, room);
    for await (const chunk of chunks) finder.push(chunk);
    lines.push(...finder.end());
    return lines.length <= MOST_FOUND;
  };

  let more = true;
  if (left.size > 0) {
    const body = await tree.openArchive();
    more = await readArchive(body, { remote, signal }, (path, chunks) =>
      // What is in the archive and not in the tree is no file of the commit.
      left.delete(path) ? search(path, chunks) : Promise.resolve(true),
    );
  }
  if (more && left.size > MOST_LEFT_OUT) {
    throw new SourceError(
      'too-large',
      `Cannot search ${remote}: its archives leave ${left.size} files out.`,
      'Use export-ignore in .gitattributes for fewer files.',
    );
  }
  for (const group of more ? inGroups(left.values()) : []) {
    const wanted = new Map(group.map(each => [each.objectId, each.size]));
    const contents = await tree.readBlobs(wanted);
    for (const { path, objectId } of group) {
      const content = contents.get(objectId);
      more &&= await search(path, content ? [content] : []);
    }
    if (!more) break;
  }
  lines.sort((a, b) =>
    a.path === b.path ? a.line - b.line : Number(a.path > b.path) * 2 - 1,
  );
  return {
    lines: lines.slice(0, limit),
    complete: more && lines.length <= limit,
  };
}

/** As many at a time as may be in memory at once. */
function* inGroups(entries: Iterable<HostedEntry>): Generator<HostedEntry[]> {
  let group: HostedEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (group.length > 0 && bytes + entry.size > MOST_SEARCHED_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(entry);
    bytes += entry.size;
  }
  if (group.length > 0) yield group;
}
