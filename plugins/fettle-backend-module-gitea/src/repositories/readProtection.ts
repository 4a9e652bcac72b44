import type { RepositorySnapshot } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';
import { unlessHidden } from '../unlessHidden';
import type { Branch } from './readBranches';

const ruleSchema = z.object({
  // Forgejo has none: nobody may.
  enable_force_push: z.boolean().nullish(),
});

/**
 * How a branch is protected. The branch itself says most of it; who may push
 * by force, only admins of the repository see. A protected branch is never
 * deleted.
 */
export async function readProtection(
  repository: RepositoryApi,
  branch: Branch,
): Promise<RepositorySnapshot['protection']> {
  if (branch.protected === undefined || branch.protected === null) {
    return undefined;
  }
  if (!branch.protected) return { protected: false };
  const checks = branch.status_check_contexts ?? [];
  const rule = branch.effective_branch_protection_name;
  const forced = rule ? await readRule(repository, rule) : undefined;
  return {
    protected: true,
    reviews: branch.required_approvals ?? 0,
    requiredChecks: branch.enable_status_check ? checks : [],
    deletions: false,
    ...(forced ? { forcePushes: forced.enable_force_push ?? false } : {}),
  };
}

/** Undefined where the credentials may not see it. */
async function readRule(repository: RepositoryApi, rule: string) {
  const { client, name } = repository;
  const path = encodeURIComponent(rule);
  const asked = client.repos.repoGetBranchProtection(...name, path);
  return unlessHidden(repository.read(asked, ruleSchema));
}
