import {
  planApplyPermission,
  planSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { presentPlan } from './readPlans';
import { findRemediation } from './readRemediation';
import { defineRoute } from './Route';

export const retryRemediation = defineRoute({
  id: 'retryRemediation',
  method: 'post',
  path: '/remediations/:id/retry',
  summary: 'Plan again what a remediation did not put right',
  response: planSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    await findRemediation(params.id, credentials, services);
    await services.access.require(planApplyPermission, credentials);
    const plan = await services.remediation.service.retry(
      ...([params.id, actorOf(credentials)] as const),
    );
    return presentPlan(plan, credentials, services);
  },
});
