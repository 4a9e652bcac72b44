import { isUtf8 } from 'node:buffer';
import { SourceError, type TreeEntry } from 'backstage-plugin-fettle-node';
import { GitFailure } from '../git/GitFailure';
import { decodeName } from './decodeName';
import { readGit, type LocalRepository } from './LocalRepository';

/** A file of a tree with what is needed to read it. */
export interface GitTreeEntry extends TreeEntry {
  objectId: string;
  /** The name as git has it, where `path` could only show it escaped. */
  bytes?: Buffer;
}

const MAX_LIST_BYTES = 256 * 1024 * 1024;

/** All files of a commit, in one process, sorted by path. */
export async function listTree(
  repository: LocalRepository,
  commit: string,
  options: { signal: AbortSignal; maxEntries: number },
): Promise<GitTreeEntry[]> {
  const entries: GitTreeEntry[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let problem: SourceError | undefined;
  try {
    await readGit(
      repository,
      ['ls-tree', '-r', '-z', '-l', '--full-tree', '--end-of-options', commit],
      {
        signal: options.signal,
        maxOutputBytes: MAX_LIST_BYTES,
        onOutput: chunk => {
          const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
          let start = 0;
          for (;;) {
            const end = data.indexOf(0, start);
            if (end === -1) break;
            const line = data.subarray(start, end);
            const entry = parseEntry(line);
            if (!entry) {
              problem = damaged(repository.remote, commit, line);
              return false;
            }
            entries.push(entry);
            start = end + 1;
          }
          rest = data.subarray(start);
          if (entries.length > options.maxEntries) {
            problem = new SourceError(
              'too-large',
              `Cannot read ${repository.remote}: commit ${commit} has more than ${options.maxEntries} files.`,
              'Split the repository, or remove generated files from it.',
            );
            return false;
          }
          return true;
        },
      },
    );
  } catch (error) {
    if (error instanceof GitFailure && isMissingCommit(error)) {
      throw new SourceError(
        'moved',
        `Cannot read ${repository.remote}: commit ${commit} is not there any more.`,
        'Refresh: the branch was rewritten since it was looked at.',
      );
    }
    throw error;
  }
  if (problem) throw problem;
  return entries.sort(byPath);
}

function byPath(a: TreeEntry, b: TreeEntry) {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

function isMissingCommit(failure: GitFailure) {
  return (
    /not a valid object name|not a tree object/i.test(failure.stderr) &&
    !/corrupt|inflate|unable to/i.test(failure.stderr)
  );
}

function damaged(remote: string, commit: string, line: Buffer) {
  // Git writes `BAD` in place of the size of a blob that it does not have.
  const what = / BAD\t/.test(line.toString('latin1'))
    ? `lacks the content of at least one file, as in a partial or interrupted clone`
    : 'is damaged or names a file outside of the repository';
  return new SourceError(
    'corrupt',
    `Cannot read ${remote}: the tree of commit ${commit} ${what}.`,
    'Run git fsck on the repository and restore what it names from a complete clone.',
  );
}

/** `<mode> SP <type> SP <object> SP+ <size> TAB <path>`; undefined where that is not so. */
function parseEntry(line: Buffer): GitTreeEntry | undefined {
  const tab = line.indexOf(0x09);
  if (tab === -1) return undefined;
  const [mode, type, objectId, size] = line
    .toString('latin1', 0, tab)
    .split(/ +/);
  const bytes = Buffer.from(line.subarray(tab + 1));
  const path = decodeName(bytes);
  if (!isInside(path)) return undefined;
  const escaped = isUtf8(bytes) ? {} : { bytes };
  if (type === 'commit') {
    return {
      path,
      type: 'submodule',
      executable: false,
      size: 0,
      objectId,
      ...escaped,
    };
  }
  if (type !== 'blob' || !/^\d+$/.test(size)) return undefined;
  return {
    path,
    type: mode === '120000' ? 'symlink' : 'file',
    executable: mode === '100755',
    size: Number(size),
    objectId,
    ...escaped,
  };
}

function isInside(path: string) {
  return path
    .split('/')
    .every(part => part !== '' && part !== '.' && part !== '..');
}
