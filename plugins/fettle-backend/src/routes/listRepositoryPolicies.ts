import {
  repositoryPoliciesSchema,
  type PolicyResult,
} from 'backstage-plugin-fettle-common';
import { hideRests, readerOfRepositoryPolicies } from './readPolicies';
import { defineRoute } from './Route';

const STATUSES = ['error', 'violated', 'unknown', 'kept'];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'];

export const listRepositoryPolicies = defineRoute({
  id: 'listRepositoryPolicies',
  method: 'get',
  path: '/repositories/:id/policies',
  summary: 'How a repository stands against each policy, and since when',
  response: repositoryPoliciesSchema,
  async handle({ params, credentials }, services) {
    const { seeFindings } = await readerOfRepositoryPolicies(
      ...([params.id, credentials, services] as const),
    );
    const { all, store } = services.policies;
    const { results, history, evaluatedAt, commit, revision } =
      await store.results(params.id);
    const byId = new Map(all.map(one => [one.described.id, one.described]));
    const items = results.flatMap(({ policyId, ...result }): PolicyResult[] => {
      // Of a policy that was taken out of config since: gone at the next sweep.
      const policy = byId.get(policyId);
      if (!policy || evaluatedAt === null) return [];
      const rests = hideRests(result.rests, seeFindings);
      return [{ policy, ...result, rests, evaluatedAt, commit }];
    });
    return { items: items.sort(worstFirst), history, revision };
  },
});

function worstFirst(a: PolicyResult, b: PolicyResult): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    SEVERITIES.indexOf(a.policy.severity) -
      SEVERITIES.indexOf(b.policy.severity) ||
    a.policy.id.localeCompare(b.policy.id)
  );
}
