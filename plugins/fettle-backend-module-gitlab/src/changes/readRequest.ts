import {
  given,
  type HostedRequest,
  type ProposedChange,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { timeOf } from '../times';
import { unlessHidden } from './unlessHidden';
import type { ProjectWriter } from './ProjectWriter';

/** Where the host has not compared both sides yet. */
const UNCHECKED = /^(unchecked|checking|preparing|approvals_syncing)$/;

const personSchema = z.object({ username: z.string() }).nullish();
const listedSchema = z.object({
  iid: z.number().int(),
  source_branch: z.string(),
  source_project_id: z.number().nullish(),
  target_project_id: z.number().nullish(),
});
const requestSchema = listedSchema.extend({
  web_url: z.string().nullish(),
  state: z.string(),
  description: z.string().nullish(),
  target_branch: z.string(),
  sha: z.string().nullish(),
  diff_refs: z.object({ base_sha: z.string().nullish() }).nullish(),
  has_conflicts: z.boolean().nullish(),
  merge_status: z.string().nullish(),
  detailed_merge_status: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  merge_user: personSchema,
  merged_by: personSchema,
  closed_by: personSchema,
  created_at: z.string().nullish(),
  merged_at: z.string().nullish(),
  closed_at: z.string().nullish(),
});

/** The newest merge request of a branch of this repository itself: forks have branches of the same names. */
export async function findNewest(
  writer: ProjectWriter,
  branch: string,
): Promise<HostedRequest | undefined> {
  const listed = await writer.api.read(
    '/merge_requests',
    z.array(listedSchema),
    {
      ...{ source_branch: branch, state: 'all', per_page: 100 },
      ...{ order_by: 'created_at', sort: 'desc' },
    },
  );
  const found = listed.find(
    one =>
      one.source_branch === branch &&
      one.source_project_id === one.target_project_id,
  );
  return found && readRequest(writer, String(found.iid));
}

export async function readRequest(
  writer: ProjectWriter,
  id: string,
): Promise<HostedRequest> {
  const found = await writer.api.read(`/merge_requests/${id}`, requestSchema);
  const state = { merged: 'merged', closed: 'closed' }[found.state] ?? 'open';
  const headCommit = found.sha ?? '';
  const ended = {
    mergeCommit:
      found.merge_commit_sha ?? found.squash_commit_sha ?? headCommit,
    by: (found.merge_user ?? found.merged_by)?.username,
    at: timeOf(found.merged_at),
  };
  return {
    ...{ id, state: state as ProposedChange['state'], headCommit },
    ...(found.web_url ? { url: found.web_url } : {}),
    ...{ branch: found.source_branch, base: found.target_branch },
    body: found.description ?? '',
    from: found.diff_refs?.base_sha ?? found.target_branch,
    ...given('openedAt', timeOf(found.created_at)),
    ...(state === 'open' ? given('mergeable', mergeableOf(found)) : {}),
    ...(state === 'merged'
      ? {
          mergeCommit: ended.mergeCommit,
          ...{ ...given('endedBy', ended.by), ...given('endedAt', ended.at) },
        }
      : {}),
    ...(state === 'closed'
      ? {
          ...given('endedBy', found.closed_by?.username),
          ...given('endedAt', timeOf(found.closed_at)),
        }
      : {}),
  };
}

function mergeableOf(
  found: z.output<typeof requestSchema>,
): boolean | undefined {
  if (found.has_conflicts) return false;
  const status = found.detailed_merge_status ?? found.merge_status ?? '';
  return UNCHECKED.test(status) || status === '' ? undefined : true;
}

const pipelineSchema = z.object({
  status: z.string(),
  source: z.string().nullish(),
});
const SAID: Record<string, ProposedChange['checks']> = {
  ...{ success: 'passed', failed: 'failed', canceled: 'failed' },
  ...{ skipped: 'none' },
};

/** What the newest pipeline of each kind says of a commit. */
export async function readChecks(
  writer: ProjectWriter,
  commit: string,
): Promise<ProposedChange['checks']> {
  const pipelines = await unlessHidden(
    writer.api.read('/pipelines', z.array(pipelineSchema), {
      ...{ sha: commit, order_by: 'id', sort: 'desc', per_page: 100 },
    }),
  );
  if (!pipelines) return 'unknown';
  const newest = new Map<string, string>();
  for (const { source, status } of pipelines) {
    if (!newest.has(source ?? '')) newest.set(source ?? '', status);
  }
  const said = [...newest.values()].map(status => SAID[status] ?? 'pending');
  for (const one of ['failed', 'pending', 'passed'] as const) {
    if (said.includes(one)) return one;
  }
  return 'none';
}

const approvalsSchema = z.object({
  approved: z.boolean().nullish(),
  approved_by: z.array(z.unknown()).nullish(),
});
const reviewersSchema = z.array(z.object({ state: z.string() }));

export async function readReview(
  writer: ProjectWriter,
  id: string,
): Promise<ProposedChange['review']> {
  const path = `/merge_requests/${id}`;
  const [approvals, reviewers] = await Promise.all([
    unlessHidden(writer.api.read(`${path}/approvals`, approvalsSchema)),
    unlessHidden(writer.api.read(`${path}/reviewers`, reviewersSchema)),
  ]);
  if (reviewers?.some(({ state }) => state === 'requested_changes')) {
    return 'changes-requested';
  }
  if (!approvals) return 'unknown';
  const byAnyone = (approvals.approved_by ?? []).length > 0;
  // Approved without anybody means that nobody is asked to.
  return byAnyone && approvals.approved !== false ? 'approved' : 'none';
}
