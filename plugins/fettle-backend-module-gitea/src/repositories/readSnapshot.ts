import {
  SourceError,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';
import { timeOf } from '../times';
import { describeCommit } from './commits';
import { markMerged } from './markMerged';
import { branchSchema, readBranches } from './readBranches';
import { readHistory } from './readHistory';
import { readProtection } from './readProtection';

const RECENT_MS = 90 * 24 * 60 * 60 * 1000;

const repositorySchema = z.object({
  default_branch: z.string().nullish(),
  empty: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  has_pull_requests: z.boolean().nullish(),
});
const pullsSchema = z.array(z.object({ created_at: z.string().nullish() }));

/** Five requests for a repository of up to fifty branches and recent commits, and one for each branch that rests. */
export async function readSnapshot(
  repository: RepositoryApi,
  { now }: { now: Date },
): Promise<RepositorySnapshot> {
  const { client, name } = repository;
  const asked = client.repos.repoGet(...name);
  const found = await repository.read(asked, repositorySchema);
  const common = {
    shallow: false,
    archived: found.archived ?? false,
    ...(found.has_pull_requests === false
      ? {}
      : await readOpenChanges(repository)),
  };
  const headless = { defaultBranch: null, head: null };
  if (found.empty) {
    const list = { branches: [], branchCount: 0 };
    return { ...headless, headless: explain(0), ...list, ...common };
  }
  const main = found.default_branch
    ? await findBranch(repository, found.default_branch)
    : undefined;
  const list = await readBranches(repository);
  if (!main) {
    const why = explain(list.branchCount);
    return { ...headless, headless: why, ...list, ...common };
  }
  const since = new Date(now.getTime() - RECENT_MS);
  const history = await readHistory(repository, {
    ...{ commit: main.commit.id, since },
  });
  const protection = await readProtection(repository, main);
  return {
    defaultBranch: main.name,
    head: { commit: main.commit.id, ...describeCommit(history.head) },
    branches: await markMerged(repository, list.branches, { main, history }),
    branchCount: list.branchCount,
    recent: history.recent,
    protection,
    ...common,
  };
}

/** Undefined where the branch does not exist. */
async function findBranch(repository: RepositoryApi, branch: string) {
  const { client, name } = repository;
  const asked = client.repos.repoGetBranch(...name, encodeURIComponent(branch));
  return unlessMissing(repository.read(asked, branchSchema));
}

async function readOpenChanges(
  repository: RepositoryApi,
): Promise<Pick<RepositorySnapshot, 'openChanges'>> {
  const { client, name } = repository;
  const asked = client.repos.repoListPullRequests(...name, {
    ...{ state: 'open', sort: 'oldest', limit: 1 },
  });
  const page = await unlessMissing(repository.readPage(asked, pullsSchema));
  // The repository has none, or the credentials may not see them.
  if (page?.total === undefined) return {};
  const oldest = timeOf(page.items[0]?.created_at);
  return { openChanges: { count: page.total, oldestAt: oldest ?? null } };
}

/** Undefined where the host has no such thing, or does not show it to these credentials. */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'unauthorized');
    if (!hidden) throw error;
    return undefined;
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
