import { baseOf } from 'backstage-plugin-fettle-node';
import { readGit, type LocalRepository } from '../read/LocalRepository';

/**
 * What a repository holds of a change. Without pull requests, refs that nobody
 * else writes keep what Fettle did: its last commit of the branch, and how the
 * change ended.
 */
export interface Record {
  /** Where the branch is now. */
  head?: string;
  /** Fettle's own last commit of it. */
  own?: Ref & { base: string };
  /** Where its base is now, where that was read as well. */
  onto?: Ref;
  /** The commit on the base, of a merge by Fettle. */
  merged?: { commit: string; at: string };
  /** Closed by Fettle. */
  closed?: { at: string };
}

export const recordRef = (kind: 'own' | 'merged' | 'closed', branch: string) =>
  `refs/fettle/${kind}/${branch.slice('fettle/'.length)}`;

export const branchRef = (branch: string) => `refs/heads/${branch}`;

const FORMAT = [
  ...['%(refname)', '%(objectname)', '%(committerdate:iso-strict)'],
  ...['%(parent)', '%(worktreepath)', '%(contents)'],
].join('%00');

export interface Ref {
  commit: string;
  at: string;
  parents: readonly string[];
  /** Whether files of a work tree are those of this branch. */
  checkedOut: boolean;
  message: string;
}

/** Refs by full name, in one process. */
export async function readSome(
  repository: LocalRepository,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Ref>> {
  const output = await readGit(
    repository,
    ['for-each-ref', `--format=${FORMAT}%00%00`, ...names],
    { signal },
  );
  const refs = new Map<string, Ref>();
  for (const part of output.toString().split('\0\0\n')) {
    const [name, commit, date, parents, tree, ...message] = part.split('\0');
    // A name is also the folder of others.
    if (!names.includes(name)) continue;
    refs.set(name, {
      commit,
      at: new Date(date).toISOString(),
      parents: parents.split(' ').filter(Boolean),
      checkedOut: tree !== '' && tree !== repository.gitDir,
      message: message.join('\0'),
    });
  }
  return refs;
}

/** The record of a branch and, where its base is known, where that is: in one process. */
export async function readRecord(
  repository: LocalRepository,
  branch: string,
  signal: AbortSignal,
  wanted?: string,
): Promise<Record> {
  const name = (kind: 'own' | 'merged' | 'closed') => recordRef(kind, branch);
  const refs = await readSome(
    repository,
    [
      ...[branchRef(branch), name('own'), name('merged'), name('closed')],
      ...(wanted === undefined ? [] : [branchRef(wanted)]),
    ],
    signal,
  );
  const own = refs.get(name('own'));
  const base = own && baseOf(own.message);
  const onto = base ?? wanted;
  return {
    head: refs.get(branchRef(branch))?.commit,
    ...(own && base ? { own: { ...own, base } } : {}),
    merged: refs.get(name('merged')),
    closed: refs.get(name('closed')),
    ...(onto === undefined ? {} : { onto: refs.get(branchRef(onto)) }),
  };
}
