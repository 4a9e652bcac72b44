import type { BranchSnapshot } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import { timeOf } from '../times';

/** 1,000 branches. */
const MOST_PAGES = 20;

/** A branch, in lists and by itself. */
export const branchSchema = z.object({
  name: z.string(),
  commit: z.object({ id: z.string(), timestamp: z.string().nullish() }),
  protected: z.boolean().nullish(),
  /** What protects it; empty where the credentials may not see that. */
  effective_branch_protection_name: z.string().nullish(),
  required_approvals: z.number().int().nullish(),
  enable_status_check: z.boolean().nullish(),
  status_check_contexts: z.array(z.string()).nullish(),
});
export type Branch = z.output<typeof branchSchema>;

const branchesSchema = z.array(branchSchema);

/**
 * Branches, most recently committed first; of more than 1,000, the first ones
 * of the host. Their times are those of the authors, which is what it tells.
 */
export async function readBranches(
  repository: RepositoryApi,
): Promise<{ branches: BranchSnapshot[]; branchCount: number }> {
  const { client, name } = repository;
  const { items, total } = await readPages({
    mostPages: MOST_PAGES,
    read: paging =>
      repository.readPage(
        client.repos.repoListBranches(...name, paging),
        branchesSchema,
      ),
  });
  const branches = items.map(branch => ({
    name: branch.name,
    commit: branch.commit.id,
    committedAt: timeOf(branch.commit.timestamp) ?? new Date(0).toISOString(),
  }));
  branches.sort(
    (a, b) => Date.parse(b.committedAt) - Date.parse(a.committedAt),
  );
  return {
    branches: branches.slice(0, 1_000),
    branchCount: Math.max(total ?? 0, branches.length),
  };
}
