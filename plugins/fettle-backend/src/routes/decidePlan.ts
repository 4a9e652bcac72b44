import {
  approvalRequestSchema,
  planApprovePermission,
  planSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findPlan, presentPlan } from './readPlans';
import { defineRoute } from './Route';

export const decidePlan = defineRoute({
  id: 'decidePlan',
  method: 'post',
  path: '/plans/:id/approvals',
  summary: 'Approve or reject a plan of somebody else, by its hash',
  body: approvalRequestSchema,
  response: planSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    const { id } = await findPlan(params.id, credentials, services);
    await services.access.require(planApprovePermission, credentials);
    const plan = await services.remediation.service.decide(id, {
      ...{ hash: body.hash, decision: body.decision },
      ...{ reason: body.reason ?? null, actor: actorOf(credentials) },
    });
    return presentPlan(plan, credentials, services);
  },
});
