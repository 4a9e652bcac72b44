import type { HostedEntry } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';
import { readNames } from './readNames';

const MOST_ENTRIES = 500_000;
/** What hosts give at once unless their admins say otherwise. */
const PER_PAGE = 1_000;

const treeSchema = z.object({
  total_count: z.number().int(),
  truncated: z.boolean(),
  // Beyond the last page there is none.
  tree: z
    .array(
      z.object({
        path: z.string(),
        mode: z.string(),
        type: z.string(),
        sha: z.string(),
        size: z.number().int().optional(),
      }),
    )
    .nullish(),
});
type Entry = NonNullable<z.output<typeof treeSchema>['tree']>[number];

/** All files of a commit, sorted by path. */
export async function listTree(
  repository: RepositoryApi,
  commit: string,
  { signal }: { signal: AbortSignal },
): Promise<HostedEntry[]> {
  const files: Entry[] = [];
  let listed = 0;
  for (let page = 1; ; page++) {
    const { client, name } = repository;
    const asked = client.repos.getTree(...name, commit, {
      ...{ recursive: true, page, per_page: PER_PAGE },
    });
    const {
      tree,
      total_count: total,
      truncated,
    } = await repository.read(asked, treeSchema);
    if (total > MOST_ENTRIES) throw tooLarge(repository);
    for (const entry of tree ?? []) {
      if (entry.type !== 'tree') files.push(entry);
    }
    listed += tree?.length ?? 0;
    if (!truncated) break;
    // It says that there is more, and gives no more of it.
    if (!tree?.length || listed > total) throw cut(repository);
  }
  const names = await readNames(repository, commit, { files, signal });
  return files
    .map(entry => toRow(entry, names.get(entry) ?? entry.path, repository))
    .sort(({ path: a }, { path: b }) => (a < b ? -1 : Number(a > b)));
}

function toRow(
  { mode, type, sha, size = 0 }: Entry,
  path: string,
  repository: RepositoryApi,
): HostedEntry {
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    throw repository.error(
      'corrupt',
      'names a file outside of the repository',
      'Run git fsck on a clone of the repository.',
    );
  }
  const base = { path, objectId: sha, size, executable: mode === '100755' };
  if (type === 'commit') return { ...base, size: 0, type: 'submodule' };
  return { ...base, type: mode === '120000' ? 'symlink' : 'file' };
}

function tooLarge(repository: RepositoryApi) {
  return repository.error(
    'too-large',
    `lists more than ${MOST_ENTRIES} files`,
    'Take the host out of fettle.gitea.hosts to have it read with git, or split the repository.',
  );
}

function cut(repository: RepositoryApi) {
  return repository.error(
    'corrupt',
    'cuts the list of files and does not give the rest',
    'Take the host out of fettle.gitea.hosts to have it read with git.',
  );
}
