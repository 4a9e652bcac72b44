import {
  SourceError,
  type CommitAdditions,
} from 'backstage-plugin-fettle-node';
import { GitFailure } from '../git/GitFailure';
import { AdditionsParser, COMMIT_FORMAT } from './AdditionsParser';
import { readGit, type LocalRepository } from './LocalRepository';

/** Larger files are data: git itself says nothing of their lines. */
const BIG_FILE = '1m';
const MOST_BYTES_OF_COMMIT = 8 * 1024 * 1024;

/** The commits of the history of `commit`, or those that `since` does not have; parents first, without merges. */
export async function listCommits(
  repository: LocalRepository,
  commit: string,
  options: { signal: AbortSignal; since?: string },
): Promise<string[]> {
  const { signal, since } = options;
  try {
    if (
      since !== undefined &&
      !(await contains(repository, commit, since, { signal }))
    ) {
      throw moved(repository, since);
    }
    const listed = await readGit(
      repository,
      [
        ...['rev-list', '--reverse', '--topo-order', '--no-merges', commit],
        ...(since === undefined ? [] : [`^${since}`]),
        '--',
      ],
      { signal },
    );
    return listed.toString().split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof GitFailure && isMissing(error))
      throw moved(repository, commit);
    throw error;
  }
}

/** What each of these commits added to text files. */
export async function readAdditions(
  repository: LocalRepository,
  commits: readonly string[],
  { signal }: { signal: AbortSignal },
): Promise<CommitAdditions[]> {
  const parser = new AdditionsParser(MOST_BYTES_OF_COMMIT);
  await readGit(
    repository,
    [
      ...['diff-tree', '--stdin', '--root', '-r', '-p', '-U0'],
      ...['--no-renames', '--no-ext-diff', '--no-textconv', '--no-color'],
      ...['--src-prefix=a/', '--dst-prefix=b/', `--format=${COMMIT_FORMAT}`],
    ],
    {
      signal,
      input: commits.map(commit => `${commit}\n`).join(''),
      settings: [['core.bigFileThreshold', BIG_FILE]],
      maxOutputBytes: Number.MAX_SAFE_INTEGER,
      onOutput: chunk => {
        parser.push(chunk);
        return true;
      },
    },
  );
  return parser.end();
}

/** Whether the history of `commit` has `other`; also where `other` is not there any more. */
export async function contains(
  repository: LocalRepository,
  commit: string,
  other: string,
  { signal }: { signal: AbortSignal },
): Promise<boolean> {
  try {
    await readGit(repository, ['cat-file', '-e', `${commit}^{commit}`], {
      signal,
    });
  } catch (error) {
    if (!(error instanceof GitFailure) || error.kind !== 'exit') throw error;
    throw moved(repository, commit);
  }
  try {
    await readGit(repository, ['merge-base', '--is-ancestor', other, commit], {
      signal,
    });
    return true;
  } catch (error) {
    if (!(error instanceof GitFailure) || error.kind !== 'exit') throw error;
    return false;
  }
}

function isMissing({ kind, stderr }: GitFailure): boolean {
  return kind === 'exit' && /bad object|bad revision|not a valid/i.test(stderr);
}

function moved({ remote }: LocalRepository, commit: string): SourceError {
  return new SourceError(
    'moved',
    `Cannot read the history of ${remote}: commit ${commit} is not in it.`,
    'Nothing is to be done: its branch was rewritten, or it is not fetched yet.',
  );
}
