import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  planCreatePermission,
  planRequestSchema,
  planSchema,
  type PlanRequest,
} from 'backstage-plugin-fettle-common';
import type { StoredPlan } from '../store/remediation/StoredPlan';
import { actorOf } from './acceptFinding';
import { assertVisible, presentPlan, readerOfPlans } from './readPlans';
import { defineRoute, type RouteServices } from './Route';

export const createPlan = defineRoute({
  id: 'createPlan',
  method: 'post',
  path: '/plans',
  summary: 'Plan what a playbook would change in a repository; changes nothing',
  body: planRequestSchema,
  response: planSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    const plan = await requestPlan(body, credentials, services);
    return presentPlan(plan, credentials, services);
  },
});

/** Plans for who asks, under their permissions. */
export async function requestPlan(
  order: PlanRequest & { leastApprovals?: number },
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<StoredPlan> {
  const visibility = await readerOfPlans(credentials, services);
  await services.access.require(planCreatePermission, credentials);
  await assertVisible(order.repositoryId, visibility, services);
  return services.remediation.service.plan({
    ...order,
    requestedBy: actorOf(credentials),
  });
}
