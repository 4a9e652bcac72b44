import type { HostedRequest } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { unlessHidden } from '../unlessHidden';
import type { RepositoryApi } from './RepositoryApi';

const sideSchema = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ id: z.number() }).nullish(),
});
const listedSchema = z.object({
  number: z.number().int(),
  head: sideSchema,
  base: sideSchema,
});
const pullSchema = listedSchema.extend({
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullish(),
  merged: z.boolean(),
  mergeable: z.boolean().nullish(),
  merge_commit_sha: z.string().nullish(),
  merged_by: z.object({ login: z.string() }).nullish(),
  created_at: z.string(),
  closed_at: z.string().nullish(),
});
const closerSchema = z.object({
  closed_by: z.object({ login: z.string() }).nullish(),
});

/** The newest pull request of a branch of this repository itself: forks have branches of the same names. */
export async function findNewest(
  api: RepositoryApi,
  branch: string,
): Promise<HostedRequest | undefined> {
  const [owner] = new URL(api.location.remote).pathname.split('/').slice(1);
  const listed = await api.read('GET /pulls', z.array(listedSchema), {
    ...{ state: 'all', head: `${owner}:${branch}`, per_page: 100 },
    ...{ sort: 'created', direction: 'desc' },
  });
  const found = listed.find(
    ({ head, base }) =>
      head.ref === branch && (!head.repo || head.repo.id === base.repo?.id),
  );
  return found && readRequest(api, String(found.number));
}

export async function readRequest(
  api: RepositoryApi,
  id: string,
): Promise<HostedRequest> {
  const pull = await api.read('GET /pulls/{pull_number}', pullSchema, {
    pull_number: Number(id),
  });
  const isOpen = pull.state === 'open';
  const state = pull.merged ? 'merged' : pull.state;
  const endedBy = isOpen ? undefined : await readEnder(api, pull);
  return {
    ...{ id, url: pull.html_url, state, body: pull.body ?? '' },
    ...{ branch: pull.head.ref, headCommit: pull.head.sha },
    ...{ base: pull.base.ref, from: pull.base.sha },
    openedAt: pull.created_at,
    ...(isOpen && typeof pull.mergeable === 'boolean'
      ? { mergeable: pull.mergeable }
      : {}),
    ...(pull.merged && pull.merge_commit_sha
      ? { mergeCommit: pull.merge_commit_sha }
      : {}),
    ...(endedBy ? { endedBy } : {}),
    ...(pull.closed_at ? { endedAt: pull.closed_at } : {}),
  };
}

/** Who closed it, only its issue tells. */
async function readEnder(
  api: RepositoryApi,
  pull: z.output<typeof pullSchema>,
): Promise<string | undefined> {
  if (pull.merged) return pull.merged_by?.login;
  const found = await unlessHidden(
    api.read('GET /issues/{issue_number}', closerSchema, {
      issue_number: pull.number,
    }),
  );
  return found?.closed_by?.login;
}
