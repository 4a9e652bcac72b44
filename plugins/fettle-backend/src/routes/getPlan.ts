import { planSchema } from 'backstage-plugin-fettle-common';
import { findPlan, presentPlan } from './readPlans';
import { defineRoute } from './Route';

export const getPlan = defineRoute({
  id: 'getPlan',
  method: 'get',
  path: '/plans/:id',
  summary: 'One plan with its diff, its approvals and what holds it back',
  response: planSchema,
  async handle({ params, credentials }, services) {
    const plan = await findPlan(params.id, credentials, services);
    return presentPlan(plan, credentials, services);
  },
});
