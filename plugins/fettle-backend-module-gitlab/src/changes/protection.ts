import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { commitSchema } from '../repositories/commits';
import { readProtection } from '../repositories/readProtection';
import type { Project, ProjectWriter } from './ProjectWriter';

type Protection = NonNullable<RepositorySettings['protection']>;

const branchSchema = z.object({
  name: z.string(),
  commit: commitSchema,
  protected: z.boolean().nullish(),
});

/** How the default branch is protected. */
export async function readProtectionOf(
  writer: ProjectWriter,
  found: Project,
): Promise<Protection | undefined> {
  const branch = await findBranch(writer, found);
  return branch && readProtection(writer.api, branch, found);
}

/** Changes what is given. Who may push and merge stays as it is. */
export async function applyProtection(
  writer: ProjectWriter,
  found: Project,
  wanted: Protection,
): Promise<void> {
  const branch = await findBranch(writer, found);
  if (!branch) throw writer.error('moved', 'it has no default branch');
  assertPossible(writer, found, wanted);
  const path = `/protected_branches/${encodeURIComponent(branch.name)}`;
  const forced = wanted.forcePushes;
  const isProtected = wanted.protected ?? true;
  if (!isProtected) {
    if (branch.protected) await writer.send('DELETE', path);
  } else if (!branch.protected) {
    await writer.send('POST', '/protected_branches', {
      name: branch.name,
      allow_force_push: forced ?? false,
    });
  } else if (forced !== undefined) {
    await writer.send('PATCH', path, { allow_force_push: forced });
  }
  const { reviews, requiredChecks: checks } = wanted;
  const changed = {
    ...(reviews === undefined ? {} : { approvals_before_merge: reviews }),
    ...(checks
      ? { only_allow_merge_if_pipeline_succeeds: checks.length > 0 }
      : {}),
  };
  if (Object.keys(changed).length > 0) await writer.send('PUT', '', changed);
}

/** Throws before anything is touched for what the host has no setting for. */
function assertPossible(
  writer: ProjectWriter,
  found: Project,
  { deletions, requiredChecks = [], reviews, protected: is }: Protection,
): void {
  if (deletions && is !== false) {
    throw writer.error('invalid', 'a protected branch is never deleted there');
  }
  const odd = requiredChecks.find(check => check !== 'pipeline');
  if (odd !== undefined) {
    throw writer.error(
      'invalid',
      `it requires its whole pipeline ('pipeline') or nothing, not ${JSON.stringify(
        odd.slice(0, 80),
      )}`,
    );
  }
  const counts = typeof found.approvals_before_merge === 'number';
  if (reviews !== undefined && reviews > 0 && !counts) {
    throw writer.error(
      'invalid',
      'its edition of GitLab does not require reviews',
    );
  }
}

async function findBranch(writer: ProjectWriter, found: Project) {
  const name = found.default_branch;
  if (!name) return undefined;
  const path = `/repository/branches/${encodeURIComponent(name)}`;
  return writer.find(path, branchSchema);
}
