import { SourceError } from 'backstage-plugin-fettle-node';
import { readGit } from '../read/LocalRepository';
import type { WritableRepository } from './WritableRepository';

/**
 * The tree of both together, made without a work tree; null where they
 * conflict, undefined where this git (older than 2.38) cannot say.
 */
export async function mergeTrees(
  repository: WritableRepository,
  base: string,
  head: string,
): Promise<string | null | undefined> {
  const { signal } = repository;
  await assertNoDriver(repository);
  const output = await readGit(
    repository,
    ['merge-tree', '--write-tree', '--no-messages', base, head],
    {
      ...{ signal, expectExit: [0, 1, 128, 129] },
      // It would run the filters that the repository names.
      settings: [['merge.renormalize', 'false']],
    },
  );
  const [tree, conflict] = output.toString().split('\n');
  if (!/^[0-9a-f]{40,64}$/.test(tree)) return undefined;
  return conflict ? null : tree;
}

/** A repository can name programs that merge its files, and none of them may run. */
async function assertNoDriver(repository: WritableRepository): Promise<void> {
  const { remote } = repository;
  const output = await readGit(
    repository,
    ['config', '--name-only', '--get-regexp', '^merge\\..*\\.driver$'],
    { signal: repository.signal, expectExit: [0, 1] },
  );
  if (output.length === 0) return;
  throw new SourceError(
    'failed',
    `Cannot merge in ${remote}: its config names a program that merges files.`,
    'Take merge.*.driver out of its config, or merge it by hand.',
  );
}

/** Whether the history of `commit` has `other`; false too where `other` is not there. */
export async function hasCommit(
  repository: WritableRepository,
  commit: string,
  other: string,
): Promise<boolean> {
  const output = await readGit(
    repository,
    ['rev-list', '-1', other, `^${commit}`, '--'],
    { signal: repository.signal, expectExit: [0, 128] },
  ).then(found => found.length === 0);
  return output && exists(repository, other);
}

async function exists(
  repository: WritableRepository,
  commit: string,
): Promise<boolean> {
  const output = await readGit(repository, ['cat-file', '--batch-check'], {
    ...{ signal: repository.signal, input: `${commit}\n` },
  });
  return / commit \d+$/.test(output.toString().trim());
}
