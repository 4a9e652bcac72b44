import { readArchive } from 'backstage-plugin-fettle-node';
import type { ProjectApi } from '../api/ProjectApi';
import { openArchive } from './openArchive';

/** What stands in JSON for bytes that are not UTF-8: one for each, or for several. */
const LOST = /\uFFFD+/g;
const ESCAPED = /(?:\\x[0-9a-f]{2})+/g;

/** Files as the archive of a commit has them. */
export interface Archived {
  /** Bytes by true name. */
  sizes: ReadonlyMap<string, number>;
  /** The true name of a file that the API writes like this. */
  nameOf(path: string): string | undefined;
}

/** The sizes and true names of files: the API tells neither with its list. */
export async function readArchived(
  project: ProjectApi,
  commit: string,
): Promise<Archived> {
  const sizes = new Map<string, number>();
  const odd = new Map<string, string[]>();
  const body = await openArchive(project, commit);
  const about = { remote: project.location.remote, signal: project.signal };
  await readArchive(body, about, async (path, chunks) => {
    let size = 0;
    for await (const { length } of chunks) size += length;
    sizes.set(path, size);
    const shown = path.replace(ESCAPED, '\uFFFD');
    if (shown !== path) odd.set(shown, [...(odd.get(shown) ?? []), path]);
    return true;
  });
  return {
    sizes,
    // Where several names look the same, both lists have them in the same order.
    nameOf: path =>
      path.includes('\uFFFD')
        ? odd.get(path.replace(LOST, '\uFFFD'))?.shift()
        : undefined,
  };
}
