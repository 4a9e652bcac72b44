import {
  SourceError,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { timeOf } from '../times';
import { commitSchema, describeCommit } from './commits';
import { projectSchema } from './project';
import { readBranches } from './readBranches';
import { readProtection } from './readProtection';

const RECENT_MS = 90 * 24 * 60 * 60 * 1000;
/** 2,000 commits. */
const MOST_COMMIT_PAGES = 20;

/** Four requests for a repository of up to a hundred branches and recent commits. */
export async function readSnapshot(
  project: ProjectApi,
  { now }: { now: Date },
): Promise<RepositorySnapshot> {
  const found = await project.read('', projectSchema);
  const requests = found.merge_requests_access_level !== 'disabled';
  const common = {
    shallow: false,
    archived: found.archived ?? false,
    ...(requests ? await readOpenChanges(project) : {}),
  };
  const { main, branches, branchCount } = await readBranches(
    ...([project, found.default_branch ?? null] as const),
  );
  const list = { branches, branchCount };
  if (!main) {
    const headless = explain(branchCount);
    return { defaultBranch: null, head: null, headless, ...list, ...common };
  }
  const { id: commit } = main.commit;
  const since = new Date(now.getTime() - RECENT_MS);
  return {
    defaultBranch: main.name,
    head: { commit, ...describeCommit(main.commit) },
    ...list,
    recent: await readRecent(project, { commit, since }),
    protection: await readProtection(project, main, found),
    ...common,
  };
}

async function readRecent(
  project: ProjectApi,
  { commit, since }: { commit: string; since: Date },
): Promise<RepositorySnapshot['recent']> {
  const { items } = await project.readAll('/repository/commits', commitSchema, {
    query: { ref_name: commit, since: since.toISOString() },
    mostPages: MOST_COMMIT_PAGES,
  });
  const authors = new Set(
    items.map(({ author_email: email, author_name: name }) =>
      (email || name || '').toLowerCase(),
    ),
  );
  return { commits: items.length, authors: authors.size };
}

async function readOpenChanges(
  project: ProjectApi,
): Promise<Pick<RepositorySnapshot, 'openChanges'>> {
  const query = { state: 'opened', order_by: 'created_at', sort: 'asc' };
  const schema = z.object({ created_at: z.string().nullish() });
  try {
    const { first, total } = await project.readFirst(
      ...(['/merge_requests', schema, query] as const),
    );
    // Of more than 10,000 it does not tell how many.
    if (total === undefined) return {};
    const oldest = timeOf(first?.created_at);
    return { openChanges: { count: total, oldestAt: oldest ?? null } };
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'unauthorized');
    if (!hidden) throw error;
    return {};
  }
}

function explain(branchCount: number) {
  return branchCount === 0
    ? {
        message: 'The repository has no commit on any branch.',
        action: 'Push a first commit.',
      }
    : {
        message:
          'The repository has branches, but its default branch is none of them.',
        action: 'Choose a default branch that exists on the host.',
      };
}
