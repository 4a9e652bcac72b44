import type { HostedEntry } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { readArchived } from './readArchived';
import { readSizes } from './readSizes';

/** 1,000 requests. */
const MOST_ENTRIES = 100_000;
const PER_PAGE = 100;
/** Of more files, sizes are taken from the archive: one request in place of many. */
const MOST_ASKED = 2_000;

const entrySchema = z.object({
  id: z.string(),
  path: z.string(),
  type: z.string(),
  mode: z.string(),
});
type Entry = z.output<typeof entrySchema>;

/** All files of a commit, sorted by path; their sizes, which are asked for one by one, can be left at 0. */
export async function listTree(
  project: ProjectApi,
  commit: string,
  { sizes = true }: { sizes?: boolean } = {},
): Promise<HostedEntry[]> {
  const { items, complete } = await project.readAll(
    '/repository/tree',
    entrySchema,
    {
      query: { ref: commit, recursive: true, pagination: 'keyset' },
      mostPages: MOST_ENTRIES / PER_PAGE,
    },
  );
  if (!complete) throw tooLarge(project);
  const files = items.filter(({ type }) => type !== 'tree');
  const blobs = files.filter(({ type }) => type === 'blob');
  const odd = blobs.some(({ path }) => isOdd(path));
  const archived =
    odd || (sizes && blobs.length > MOST_ASKED)
      ? await readArchived(project, commit)
      : undefined;
  const named = files.map(entry => ({
    ...entry,
    name: archived?.nameOf(entry.path) ?? entry.path,
  }));
  const left = named.filter(
    ({ type, name, path }) =>
      sizes && type === 'blob' && !isOdd(path) && !archived?.sizes.has(name),
  );
  if (left.length > MOST_ENTRIES / 10) throw tooLarge(project);
  const asked = await readSizes(
    ...([project, commit, left.map(({ path }) => path)] as const),
  );
  return named
    .map(({ name, ...entry }) =>
      toRow(entry, {
        path: name,
        size: archived?.sizes.get(name) ?? asked.get(entry.path) ?? 0,
        project,
      }),
    )
    .sort(({ path: a }, { path: b }) => (a < b ? -1 : Number(a > b)));
}

/** JSON has no place for bytes that are not UTF-8. */
function isOdd(path: string): boolean {
  return path.includes('\uFFFD');
}

function toRow(
  { id, type, mode }: Entry,
  { path, size, project }: { path: string; size: number; project: ProjectApi },
): HostedEntry {
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    throw project.error(
      'corrupt',
      'names a file outside of the repository',
      'Run git fsck on a clone of the repository.',
    );
  }
  const base = { path, objectId: id, size, executable: mode === '100755' };
  if (type === 'commit') return { ...base, size: 0, type: 'submodule' };
  return { ...base, type: mode === '120000' ? 'symlink' : 'file' };
}

function tooLarge(project: ProjectApi) {
  return project.error(
    'too-large',
    `lists more than ${MOST_ENTRIES} files and folders, or archives that leave many out`,
    'Take the host out of fettle.gitlab.hosts to have it read with git, or split the repository.',
  );
}
