import type { RepositorySnapshot } from 'backstage-plugin-fettle-node';
import { isShallow, readGit, type LocalRepository } from './LocalRepository';
import { readRefs, type BranchRef, type Refs } from './readRefs';

const MAX_BRANCHES = 1_000;
const RECENT_DAYS = 90;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Reads what a snapshot says from a repository on this machine.
 *
 * Three processes side by side: the answers about the history of `HEAD` are
 * asked for before it is known to be the default branch, which it nearly
 * always is. This is on the path from a push to a changed page.
 */
export async function readSnapshot(
  repository: LocalRepository,
  options: { signal: AbortSignal; now: Date },
): Promise<RepositorySnapshot> {
  const [refs, atHead, shallow] = await Promise.all([
    readRefs(repository, options.signal),
    // Settled, so that a HEAD without a commit is judged by the refs.
    Promise.allSettled([readHistory(repository, 'HEAD', options)]),
    isShallow(repository),
  ]);
  const defaultBranch = findDefaultBranch(refs);
  if (!defaultBranch) {
    return {
      defaultBranch: null,
      head: null,
      headless: await explainHeadless(repository, refs, options.signal),
      branches: refs.branches.slice(0, MAX_BRANCHES).map(toBranch),
      branchCount: refs.branches.length,
      shallow,
    };
  }

  let history: History;
  if (defaultBranch !== refs.checkedOut) {
    history = await readHistory(repository, defaultBranch.commit, options);
  } else if (atHead[0].status === 'fulfilled') {
    history = atHead[0].value;
  } else {
    throw atHead[0].reason;
  }

  return {
    defaultBranch: defaultBranch.name,
    head: {
      commit: defaultBranch.commit,
      committedAt: defaultBranch.committedAt,
      author: defaultBranch.author,
      subject: defaultBranch.subject,
    },
    branches: refs.branches.slice(0, MAX_BRANCHES).map(branch => ({
      ...toBranch(branch),
      // In a cut history a missing commit proves nothing.
      ...(shallow && !history.merged.has(branch.commit)
        ? {}
        : { merged: history.merged.has(branch.commit) }),
    })),
    branchCount: refs.branches.length,
    ...(shallow ? {} : { recent: history.recent }),
    shallow,
  };
}

interface History {
  recent: { commits: number; authors: number };
  /** Newest commits of the branches that are contained. */
  merged: Set<string>;
}

async function readHistory(
  repository: LocalRepository,
  revision: string,
  options: { signal: AbortSignal; now: Date },
): Promise<History> {
  const since =
    Math.floor(options.now.getTime() / 1000) - RECENT_DAYS * DAY_SECONDS;
  const [authors, merged] = await Promise.all([
    readGit(
      repository,
      [
        'rev-list',
        '--no-commit-header',
        '--format=%ae',
        `--since=${since}`,
        '--end-of-options',
        revision,
        '--',
      ],
      options,
    ),
    readGit(
      repository,
      [
        'for-each-ref',
        `--merged=${revision}`,
        '--format=%(objectname)',
        'refs/heads',
      ],
      options,
    ),
  ]);
  const emails = lines(authors);
  return {
    recent: {
      commits: emails.length,
      authors: new Set(emails.map(email => email.toLowerCase())).size,
    },
    merged: new Set(lines(merged)),
  };
}

function lines(output: Buffer): string[] {
  const parts = output.toString('utf8').split('\n');
  parts.pop();
  return parts;
}

function toBranch(branch: BranchRef) {
  return {
    name: branch.name,
    commit: branch.commit,
    committedAt: branch.committedAt,
  };
}

/**
 * In a clone that someone works in, `HEAD` is whatever they have checked out;
 * what the clone's origin calls its default says more.
 */
function findDefaultBranch(refs: Refs): BranchRef | undefined {
  if (refs.upstreamDefault !== undefined) {
    const upstream = refs.branches.find(
      branch => branch.name === refs.upstreamDefault,
    );
    if (upstream) return upstream;
  }
  return refs.checkedOut;
}

async function explainHeadless(
  repository: LocalRepository,
  refs: Refs,
  signal: AbortSignal,
) {
  if (refs.branches.length === 0) {
    return {
      message: 'The repository has no commit on any branch.',
      action: 'Push a first commit.',
    };
  }
  const output = await readGit(
    repository,
    ['symbolic-ref', '--quiet', 'HEAD'],
    { signal, expectExit: [0, 1] },
  );
  const target = output.toString('utf8').trim();
  if (!target.startsWith('refs/heads/')) {
    return {
      message: 'The repository has branches, but names none as its default.',
      action: 'Choose a default branch on the host (set HEAD to a branch).',
    };
  }
  return {
    message: `The default branch is to be ${target.slice(
      'refs/heads/'.length,
    )}, but there is no such branch.`,
    action:
      'Choose a default branch that exists on the host, or push the missing one.',
  };
}
