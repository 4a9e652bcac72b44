import { NotFoundError } from '@backstage/errors';
import {
  repositoryHealthSchema,
  repositoryRefreshPermission,
  scoreVerdicts,
  targetQuerySchema,
  type Verdict,
} from 'backstage-plugin-fettle-common';
import type { ConfiguredCheck } from '../evaluate/ConfiguredCheck';
import type { StoredVerdict } from '../store/FettleStore';
import { defineRoute } from './Route';

export const getRepository = defineRoute({
  id: 'getRepository',
  method: 'get',
  path: '/repositories/:id',
  summary: 'One repository, or one folder of it, with verdicts and evidence',
  query: targetQuerySchema,
  response: repositoryHealthSchema,
  async handle({ params, query, credentials }, services) {
    const { store, access, clock, queue, checks } = services;
    // At the same time: each is a request to the permission backend.
    const [visibility, mayRefresh] = await Promise.all([
      access.visibility(credentials),
      access.allows(repositoryRefreshPermission, credentials),
    ]);
    const now = clock();
    const [summary, repository, stored] = await Promise.all([
      store.getSummary(params.id, query.subpath, visibility, now),
      store.getRepository(params.id),
      store.getVerdicts(params.id, query.subpath),
    ]);
    if (!summary || !repository) throw noRepository(params.id);
    const verdicts = describe(stored, checks).map(verdict => ({
      ...verdict,
      evidence: verdict.evidence.map(one => ({
        ...one,
        url:
          one.url ??
          services.fileUrl(repository, { ...one, commit: verdict.commit }),
      })),
    }));
    return {
      ...summary,
      subpath: query.subpath,
      verdicts,
      groups: groupVerdicts(verdicts),
      staleAfterSeconds: now.staleAfterSeconds,
      mayRefresh,
      collecting: queue.has(params.id),
    };
  },
});

/** Says the same for a repository that is not there and one that is not shown. */
export function noRepository(id: string): NotFoundError {
  return new NotFoundError(
    `There is no repository '${id}', or you may not see any of its entities.`,
  );
}

/** Verdicts of checks that were taken out of the portal since are left out. */
function describe(
  stored: StoredVerdict[],
  checks: readonly ConfiguredCheck[],
): Verdict[] {
  const byId = new Map(stored.map(verdict => [verdict.checkId, verdict]));
  return checks.flatMap(({ description }) => {
    const verdict = byId.get(description.id);
    if (!verdict) return [];
    const { checkId, title, weight, ...rest } = verdict;
    return [{ check: description, ...rest }];
  });
}

function groupVerdicts(verdicts: Verdict[]) {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { group } = verdict.check;
    groups.set(group, [...(groups.get(group) ?? []), verdict]);
  }
  return [...groups].map(([group, members]) => {
    const { score, counts } = scoreVerdicts(
      members.map(v => ({ status: v.status, weight: v.check.weight })),
    );
    return { group, score, counts };
  });
}
