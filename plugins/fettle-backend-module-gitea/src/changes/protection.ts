import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { branchSchema } from '../repositories/readBranches';
import { readProtection } from '../repositories/readProtection';
import type { Repository, RepositoryWriter } from './RepositoryWriter';

type Protection = NonNullable<RepositorySettings['protection']>;

const ruleSchema = z.object({ enable_force_push: z.boolean().nullish() });

/** How the default branch is protected. */
export async function readProtectionOf(
  writer: RepositoryWriter,
  found: Repository,
): Promise<Protection | undefined> {
  const branch = await findBranch(writer, found);
  return branch && readProtection(writer.api, branch);
}

/** Changes what is given; the host keeps the rest of a rule. */
export async function applyProtection(
  writer: RepositoryWriter,
  found: Repository,
  wanted: Protection,
): Promise<void> {
  const branch = await findBranch(writer, found);
  if (!branch) throw writer.error('moved', 'it has no default branch');
  const { repos, name, api } = writer;
  const rule = branch.effective_branch_protection_name || branch.name;
  const path = encodeURIComponent(rule);
  if (wanted.protected === false) {
    if (branch.protected) await repos.repoDeleteBranchProtection(...name, path);
    return;
  }
  if (wanted.deletions) {
    throw writer.error('invalid', 'a protected branch is never deleted there');
  }
  const { reviews, requiredChecks: checks, forcePushes } = wanted;
  const changed = {
    ...(reviews === undefined ? {} : { required_approvals: reviews }),
    ...(checks
      ? {
          enable_status_check: checks.length > 0,
          status_check_contexts: [...checks],
        }
      : {}),
    ...(forcePushes === undefined ? {} : { enable_force_push: forcePushes }),
  };
  const asked = branch.protected
    ? repos.repoEditBranchProtection(...name, path, changed)
    : repos.repoCreateBranchProtection(...name, {
        ...{ rule_name: rule, enable_push: true, ...changed },
      });
  const { enable_force_push: forced } = await api.read(asked, ruleSchema);
  if (forcePushes && !forced) {
    throw writer.error(
      'invalid',
      'its host lets nobody push by force to a protected branch',
    );
  }
}

async function findBranch(writer: RepositoryWriter, found: Repository) {
  const { repos, name, api } = writer;
  if (!found.default_branch) return undefined;
  const path = encodeURIComponent(found.default_branch);
  const asked = repos.repoGetBranch(...name, path);
  return writer.find(api.read(asked, branchSchema));
}
