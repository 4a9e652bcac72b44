import {
  applyRequestSchema,
  planApplyPermission,
  remediationDetailsSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findPlan } from './readPlans';
import { findRemediation } from './readRemediation';
import { defineRoute } from './Route';

export const applyPlan = defineRoute({
  id: 'applyPlan',
  method: 'post',
  path: '/plans/:id/apply',
  summary: 'Apply exactly the plan of this hash',
  status: 202,
  body: applyRequestSchema,
  response: remediationDetailsSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    const { id } = await findPlan(params.id, credentials, services);
    await services.access.require(planApplyPermission, credentials);
    const { remediationId } = await services.remediation.service.apply(
      ...([id, body.hash, actorOf(credentials)] as const),
    );
    return findRemediation(remediationId, credentials, services);
  },
});
