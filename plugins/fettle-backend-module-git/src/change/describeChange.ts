import { SourceError, type ProposedChange } from 'backstage-plugin-fettle-node';
import { readGit } from '../read/LocalRepository';
import { mergeTrees } from './mergeTrees';
import type { Record } from './readRecord';
import type { WritableRepository } from './WritableRepository';

/** The change of a branch, from what the repository holds of it and of its base. */
export async function describeChange(
  repository: WritableRepository,
  branch: string,
  { own, head, merged, closed, onto }: Record,
): Promise<ProposedChange | undefined> {
  if (!own) return undefined;
  const change = {
    ...{ id: branch, branch, base: own.base, headCommit: head ?? own.commit },
    edited: head !== undefined && head !== own.commit,
    checks: 'unknown' as const,
    review: 'unknown' as const,
    openedAt: own.at,
  };
  if (merged) {
    return {
      ...{ ...change, state: 'merged', mergeCommit: merged.commit },
      ...{ endedByUs: true, endedAt: merged.at },
    };
  }
  if (closed) return { ...change, state: 'closed', endedByUs: true };
  const base = onto?.commit;
  // A base that has not moved has no merge of it, and does not conflict.
  if (head === own.commit && base && own.parents.includes(base)) {
    return { ...change, state: 'open', mergeable: true };
  }
  const mergeCommit =
    base && (await findMerge(repository, change.headCommit, own, base));
  if (mergeCommit) {
    return { ...change, state: 'merged', mergeCommit, endedByUs: false };
  }
  if (!head) return { ...change, state: 'closed', endedByUs: false };
  const tree = base && (await mergeTrees(repository, base, head).catch(unsaid));
  return {
    ...{ ...change, state: 'open' },
    ...(tree === undefined ? {} : { mergeable: tree !== null }),
  };
}

/** The commit with which the base got the change: the branch itself, or one that carries its marker. */
async function findMerge(
  repository: WritableRepository,
  head: string,
  own: { commit: string; message: string },
  base: string,
): Promise<string | undefined> {
  const { signal } = repository;
  const first = async (...args: string[]) => {
    const output = await readGit(repository, args, {
      ...{ signal, expectExit: [0, 1, 128] },
    });
    return output.toString().split('\n').filter(Boolean).at(-1);
  };
  const isIn = async (commit: string) =>
    readGit(repository, ['rev-list', '-1', commit, `^${base}`], {
      signal,
    }).then(output => output.length === 0);
  if ((await isIn(own.commit)) || (head !== own.commit && (await isIn(head)))) {
    const path = ['rev-list', '--first-parent', '--ancestry-path'];
    return (await first(...path, `${own.commit}..${base}`)) ?? own.commit;
  }
  const plan = /^Fettle-Plan: .+$/m.exec(own.message)?.[0];
  return plan
    ? first(
        ...['rev-list', '--fixed-strings', `--grep=${plan}`],
        ...[base, `^${own.commit}`],
      )
    : undefined;
}

/** What cannot be merged here for another reason than a conflict, merging says. */
function unsaid(error: unknown): undefined {
  if (error instanceof SourceError && error.code === 'failed') return undefined;
  throw error;
}
