import {
  planCreatePermission,
  planRequestSchema,
  planSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { assertVisible, presentPlan, readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const createPlan = defineRoute({
  id: 'createPlan',
  method: 'post',
  path: '/plans',
  summary: 'Plan what a playbook would change in a repository; changes nothing',
  body: planRequestSchema,
  response: planSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    await services.access.require(planCreatePermission, credentials);
    await assertVisible(body.repositoryId, visibility, services);
    const plan = await services.remediation.service.plan({
      ...body,
      requestedBy: actorOf(credentials),
    });
    return presentPlan(plan, credentials, services);
  },
});
