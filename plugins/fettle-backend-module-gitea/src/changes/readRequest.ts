import {
  given,
  type HostedRequest,
  type ProposedChange,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import { PER_PAGE } from '../api/RepositoryApi';
import { timeOf } from '../times';
import { unlessHidden } from '../unlessHidden';
import type { RepositoryWriter } from './RepositoryWriter';

/** 1,000 pull requests. */
const MOST_PAGES = 20;
/** The host compares both sides after it has answered, and says meanwhile that they conflict. */
const COMPARED_MS = 60_000;

const sideSchema = z.object({
  // The branch also where it is gone.
  label: z.string().nullish(),
  ref: z.string(),
  sha: z.string(),
  repo_id: z.number().nullish(),
});
const requestSchema = z.object({
  number: z.number().int(),
  html_url: z.string().nullish(),
  state: z.string(),
  body: z.string().nullish(),
  head: sideSchema,
  base: sideSchema,
  merge_base: z.string().nullish(),
  mergeable: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  merge_commit_sha: z.string().nullish(),
  merged_by: z.object({ login: z.string() }).nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  closed_at: z.string().nullish(),
  merged_at: z.string().nullish(),
});
type Found = z.output<typeof requestSchema>;

/** The newest pull request of a branch of this repository itself: the host lists all of them, newest first. */
export async function findNewest(
  writer: RepositoryWriter,
  branch: string,
  now: Date,
): Promise<HostedRequest | undefined> {
  const { repos, name, api } = writer;
  const isIt = ({ head, base }: Found) =>
    branchOf(head) === branch && head.repo_id === base.repo_id;
  const { items } = await readPages({
    mostPages: MOST_PAGES,
    read: ({ page, limit }) =>
      api.readPage(
        repos.repoListPullRequests(...name, { state: 'all', page, limit }),
        z.array(requestSchema),
      ),
    enough: found => found.some(isIt),
  });
  const found = items.find(isIt);
  return found && toRequest(found, now);
}

export async function readRequest(
  writer: RepositoryWriter,
  id: string,
  now: Date,
): Promise<HostedRequest> {
  const { repos, name, api } = writer;
  const asked = repos.repoGetPullRequest(...name, Number(id));
  return toRequest(await api.read(asked, requestSchema), now);
}

function toRequest(found: Found, now: Date): HostedRequest {
  const { number, head, base } = found;
  const isOpen = found.state === 'open';
  const openOrClosed = isOpen ? 'open' : 'closed';
  const endedAt = timeOf(found.merged ? found.merged_at : found.closed_at);
  return {
    ...{ id: String(number), body: found.body ?? '' },
    ...{ branch: branchOf(head), base: branchOf(base), headCommit: head.sha },
    state: found.merged ? 'merged' : openOrClosed,
    from: found.merge_base || branchOf(base),
    ...given('url', found.html_url),
    ...given('openedAt', timeOf(found.created_at)),
    ...(isOpen ? given('mergeable', mergeableOf(found, now)) : {}),
    ...(found.merged
      ? {
          ...given('mergeCommit', found.merge_commit_sha),
          ...given('endedBy', found.merged_by?.login),
        }
      : {}),
    ...(isOpen ? {} : given('endedAt', endedAt)),
  };
}

function branchOf({ label, ref }: z.output<typeof sideSchema>): string {
  return label || ref;
}

function mergeableOf(found: Found, now: Date): boolean | undefined {
  if (found.mergeable !== false) return found.mergeable ?? undefined;
  // A base that has not moved since does not conflict.
  if (found.base.sha === found.merge_base) return undefined;
  const age = now.getTime() - Date.parse(found.updated_at ?? '');
  return age < COMPARED_MS ? undefined : false;
}

const statusSchema = z.object({
  state: z.string().nullish(),
  total_count: z.number().nullish(),
  statuses: z.array(z.unknown()).nullish(),
});

/** What the statuses of a commit say together; actions are among them. */
export async function readChecks(
  { repos, name, api }: RepositoryWriter,
  commit: string,
): Promise<ProposedChange['checks']> {
  const asked = repos.repoGetCombinedStatusByRef(...name, commit);
  const status = await unlessHidden(api.read(asked, statusSchema));
  if (!status) return 'unknown';
  const count = status.total_count ?? status.statuses?.length ?? 0;
  if (count === 0) return 'none';
  if (status.state === 'success' || status.state === 'skipped') return 'passed';
  return status.state === 'pending' || !status.state ? 'pending' : 'failed';
}

const reviewsSchema = z.array(
  z.object({
    state: z.string().nullish(),
    dismissed: z.boolean().nullish(),
    user: z.object({ id: z.number() }).nullish(),
  }),
);

/** The last word of each reviewer. */
export async function readReview(
  { repos, name, api }: RepositoryWriter,
  id: string,
): Promise<ProposedChange['review']> {
  const { items } = await readPages({
    mostPages: 10,
    read: ({ page }) =>
      api.readPage(
        repos.repoListPullReviews(...name, Number(id), {
          ...{ page, limit: PER_PAGE },
        }),
        reviewsSchema,
      ),
  });
  const last = new Map<number, string>();
  for (const { state, dismissed, user } of items) {
    if (!/^(APPROVED|REQUEST_CHANGES)$/.test(state ?? '')) continue;
    if (dismissed) last.delete(user?.id ?? 0);
    else last.set(user?.id ?? 0, state!);
  }
  const states = [...last.values()];
  if (states.includes('REQUEST_CHANGES')) return 'changes-requested';
  return states.includes('APPROVED') ? 'approved' : 'none';
}
