import { SourceError, type CommitReading } from 'backstage-plugin-fettle-node';
import { decodeName } from './decodeName';
import { readGit, type LocalRepository } from './LocalRepository';

const MOST_PATHS = 3_000;
const MAX_SUBJECT = 200;
const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** A commit, and the files that differ from `since`, or else from its first parent. */
export async function readCommit(
  repository: LocalRepository,
  commit: string,
  options: { signal: AbortSignal; since?: string },
): Promise<CommitReading> {
  const { signal, since } = options;
  if (!(await exists(repository, commit, signal))) {
    throw new SourceError(
      'moved',
      `Cannot read ${repository.remote}: commit ${commit} is not there.`,
      'Nothing is to be done: its branch was rewritten, or it is not fetched yet.',
    );
  }
  const shown = await readGit(
    repository,
    ['show', '--no-patch', '--format=%an%x00%cI%x00%s%x00%P', commit, '--'],
    { signal },
  );
  const [author, committedAt, subject, parents] = shown.toString().split('\0');
  // A force push leaves nothing to compare with.
  const from =
    since && COMMIT.test(since) && (await exists(repository, since, signal))
      ? [since]
      : [];
  const listed = await readGit(
    repository,
    [
      ...['diff-tree', '-r', '-z', '--name-only', '--no-commit-id', '--root'],
      ...['--no-renames', '--diff-merges=first-parent', ...from, commit, '--'],
    ],
    { signal },
  );
  const paths = splitNames(listed);
  return {
    subject: subject.trim().slice(0, MAX_SUBJECT),
    author,
    committedAt: new Date(committedAt).toISOString(),
    paths: paths.slice(0, MOST_PATHS),
    parents: parents.split(/\s+/).filter(parent => parent !== ''),
    complete:
      paths.length <= MOST_PATHS && (since === undefined || from.length > 0),
  };
}

async function exists(
  repository: LocalRepository,
  commit: string,
  signal: AbortSignal,
): Promise<boolean> {
  const type = await readGit(repository, ['cat-file', '--batch-check'], {
    signal,
    input: `${commit}\n`,
  });
  return type.toString().includes(' commit ');
}

function splitNames(listed: Buffer): string[] {
  const names: string[] = [];
  let start = 0;
  for (
    let end = listed.indexOf(0);
    end !== -1;
    end = listed.indexOf(0, start)
  ) {
    names.push(decodeName(listed.subarray(start, end)));
    start = end + 1;
  }
  return names;
}
