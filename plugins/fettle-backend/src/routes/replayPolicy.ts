import {
  findingReadPermission,
  policyReplayPermission,
  policyReplaySchema,
  policyReplayedSchema,
} from 'backstage-plugin-fettle-common';
import { readerOfPolicies } from './readPolicies';
import { defineRoute } from './Route';

export const replayPolicy = defineRoute({
  id: 'replayPolicy',
  method: 'post',
  path: '/policies/replay',
  summary:
    'What a draft policy says today, and would have said each day before',
  body: policyReplaySchema,
  response: policyReplayedSchema,
  async handle({ body, credentials }, services) {
    const [visibility] = await Promise.all([
      readerOfPolicies(credentials, services),
      services.access.require(policyReplayPermission, credentials),
      // A draft can ask about any finding and component.
      services.access.require(findingReadPermission, credentials),
    ]);
    return services.policies.replayer.replay(body, visibility);
  },
});
