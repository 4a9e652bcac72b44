import {
  policiesSchema,
  policyReplayPermission,
} from 'backstage-plugin-fettle-common';
import { NO_COUNTS } from '../store/policies/readResults';
import { readerOfPolicies } from './readPolicies';
import { defineRoute } from './Route';

export const listPolicies = defineRoute({
  id: 'listPolicies',
  method: 'get',
  path: '/policies',
  summary: 'Every policy, and how many repositories keep it',
  response: policiesSchema,
  async handle({ credentials }, services) {
    const { access, policies } = services;
    const [visibility, replay] = await Promise.all([
      readerOfPolicies(credentials, services),
      access.allows(policyReplayPermission, credentials),
    ]);
    const { counts, revision } = await policies.store.counts(visibility);
    return {
      items: policies.all.map(({ described }) => ({
        policy: described,
        counts: counts.get(described.id) ?? NO_COUNTS,
      })),
      can: { replay },
      revision,
    };
  },
});
