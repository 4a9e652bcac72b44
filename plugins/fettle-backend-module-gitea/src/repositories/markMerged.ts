import type { BranchSnapshot } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';
import { BRIEF } from './commits';
import type { Branch } from './readBranches';
import type { History } from './readHistory';

/** Of more branches whose newest commit is older than the history that was read, it stays unknown. */
const MOST_ASKED = 30;

/**
 * Whether the default branch contains each of the others. Most are found in
 * its history, which was read, or are newer than that and not in it. For those
 * that rest longer the host is asked what they have that it has not.
 */
export async function markMerged(
  repository: RepositoryApi,
  branches: readonly BranchSnapshot[],
  { main, history }: { main: Branch; history: History },
): Promise<BranchSnapshot[]> {
  const from = history.since.toISOString();
  const marked: BranchSnapshot[] = [];
  let asked = 0;
  for (const branch of branches) {
    const { commit, committedAt } = branch;
    let merged: boolean | undefined;
    if (history.commits.has(commit)) merged = true;
    // A commit is never made before it was written.
    else if (history.complete && committedAt >= from) merged = false;
    else if (asked < MOST_ASKED) {
      asked += 1;
      merged = await isMerged(repository, commit, main.commit.id);
    }
    marked.push({ ...branch, ...(merged === undefined ? {} : { merged }) });
  }
  return marked;
}

async function isMerged(
  repository: RepositoryApi,
  commit: string,
  into: string,
): Promise<boolean> {
  const { client, name } = repository;
  const query = { sha: commit, not: into, limit: 1, ...BRIEF };
  const { items } = await repository.readPage(
    client.repos.repoGetAllCommits(...name, query),
    z.array(z.object({ sha: z.string() })),
  );
  return items.length === 0;
}
