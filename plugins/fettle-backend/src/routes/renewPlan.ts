import {
  planCreatePermission,
  planSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findPlan, presentPlan } from './readPlans';
import { defineRoute } from './Route';

export const renewPlan = defineRoute({
  id: 'renewPlan',
  method: 'post',
  path: '/plans/:id/renew',
  summary: 'Plan the same again, as the repository is now',
  response: planSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    const old = await findPlan(params.id, credentials, services);
    await services.access.require(planCreatePermission, credentials);
    const keys = old.problems.map(({ key }) => key);
    const plan = await services.remediation.service.plan({
      ...{ playbookId: old.playbookId, repositoryId: old.repositoryId },
      ...(old.campaignId !== null && { campaignId: old.campaignId }),
      ...(keys.length > 0 && { problems: keys }),
      requestedBy: actorOf(credentials),
    });
    return presentPlan(plan, credentials, services);
  },
});
