import { decodeName } from './decodeName';
import { readGit, type LocalRepository } from './LocalRepository';

export interface BranchRef {
  /** As shown; may have escaped bytes. */
  name: string;
  commit: string;
  committedAt: string;
  author: string;
  subject: string;
}

export interface Refs {
  /** Most recently committed first. */
  branches: BranchRef[];
  /** The branch that `HEAD` names, if it has a commit. */
  checkedOut: BranchRef | undefined;
  /** The name of the branch that the host of a clone calls its default. */
  upstreamDefault: string | undefined;
}

const FORMAT = [
  '%(HEAD)',
  '%(refname)',
  '%(symref)',
  '%(objecttype)',
  '%(objectname)',
  '%(committerdate:unix)',
  '%(authorname)',
  '%(contents:lines=1)',
].join('%00');

/** All branches with their newest commits, in one process. */
export async function readRefs(
  repository: LocalRepository,
  signal: AbortSignal,
): Promise<Refs> {
  const output = await readGit(
    repository,
    [
      'for-each-ref',
      '--sort=-committerdate',
      `--format=${FORMAT}`,
      'refs/heads',
      'refs/remotes/origin/HEAD',
    ],
    { signal },
  );
  const refs: Refs = {
    branches: [],
    checkedOut: undefined,
    upstreamDefault: undefined,
  };
  for (const line of splitBuffer(output, 0x0a)) {
    const fields = splitBuffer(line, 0x00);
    const [head, refname, symref, type, commit, committed, author, subject] =
      fields.map(field => field.toString('utf8'));
    if (refname === 'refs/remotes/origin/HEAD') {
      refs.upstreamDefault = symref.replace('refs/remotes/origin/', '');
    } else if (type === 'commit') {
      const branch: BranchRef = {
        name: decodeName(fields[1]).slice('refs/heads/'.length),
        commit,
        committedAt: isoTime(committed),
        author,
        subject: [...subject].slice(0, 200).join(''),
      };
      refs.branches.push(branch);
      if (head === '*') refs.checkedOut = branch;
    }
  }
  return refs;
}

/** Commit dates are numbers of any size that their authors chose; like git, what is no date becomes 1970. */
function isoTime(unixSeconds: string): string {
  const date = new Date(Number(unixSeconds) * 1000);
  return Number.isNaN(date.getTime())
    ? new Date(0).toISOString()
    : date.toISOString();
}

/** The parts between separators; a last empty part is dropped. */
function splitBuffer(buffer: Buffer, separator: number): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  while (start <= buffer.length) {
    const end = buffer.indexOf(separator, start);
    if (end === -1) {
      if (start < buffer.length || separator === 0) {
        parts.push(buffer.subarray(start));
      }
      break;
    }
    parts.push(buffer.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
