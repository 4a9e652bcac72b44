import {
  SourceError,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import type { Project } from './project';
import type { Branch } from './readBranches';

const ruleSchema = z.object({ allow_force_push: z.boolean().nullish() });

/**
 * How a branch is protected. Who may push by force, only those see who may
 * change it. A protected branch is not deleted with Git.
 */
export async function readProtection(
  project: ProjectApi,
  branch: Branch,
  found: Project,
): Promise<RepositorySnapshot['protection']> {
  if (typeof branch.protected !== 'boolean') return undefined;
  if (!branch.protected) return { protected: false };
  const rule = await readRule(project, branch.name);
  const reviews = found.approvals_before_merge;
  const green = found.only_allow_merge_if_pipeline_succeeds;
  return {
    protected: true,
    deletions: false,
    ...(typeof reviews === 'number' ? { reviews } : {}),
    ...(typeof green === 'boolean'
      ? { requiredChecks: green ? ['pipeline'] : [] }
      : {}),
    ...(rule ? { forcePushes: rule.allow_force_push ?? false } : {}),
  };
}

/** Undefined where the credentials may not see it, or where it is a rule for several branches. */
async function readRule(project: ProjectApi, branch: string) {
  const path = `/protected_branches/${encodeURIComponent(branch)}`;
  try {
    return await project.read(path, ruleSchema);
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'unauthorized');
    if (!hidden) throw error;
    return undefined;
  }
}
