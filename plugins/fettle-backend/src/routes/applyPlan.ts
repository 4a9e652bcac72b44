import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  applyRequestSchema,
  planApplyPermission,
  remediationDetailsSchema,
  type RemediationDetails,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findPlan } from './readPlans';
import { findRemediation } from './readRemediation';
import { defineRoute, type RouteServices } from './Route';

export const applyPlan = defineRoute({
  id: 'applyPlan',
  method: 'post',
  path: '/plans/:id/apply',
  summary: 'Apply exactly the plan of this hash',
  status: 202,
  body: applyRequestSchema,
  response: remediationDetailsSchema,
  audited: true,
  handle: ({ params, body, credentials }, services) =>
    startPlan({ id: params.id, hash: body.hash }, credentials, services),
});

/** Begins to apply a plan for who asks, under their permissions. */
export async function startPlan(
  asked: { id: string; hash: string; leastApprovals?: number },
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<RemediationDetails> {
  const { id } = await findPlan(asked.id, credentials, services);
  await services.access.require(planApplyPermission, credentials);
  const { remediationId } = await services.remediation.service.apply(
    ...([id, asked.hash, actorOf(credentials), asked.leastApprovals] as const),
  );
  return findRemediation(remediationId, credentials, services);
}
