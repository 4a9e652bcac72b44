import { findPlan } from '../routes/readPlans';
import { defineAction, READS } from './FettleAction';
import { planShape, toAgentPlan } from './planShape';

export const getPlanAction = defineAction({
  name: 'get-plan',
  title: 'Get a plan',
  description:
    'Gives a plan with its diff, its approvals, and what it needs before apply-plan does it.',
  attributes: READS,
  input: zod => zod.object({ planId: zod.string().min(1).max(64) }),
  output: zod => zod.object({ plan: planShape(zod) }),
  async run({ planId }, asked) {
    const { credentials, services } = asked;
    const plan = await findPlan(planId, credentials, services);
    return { plan: await toAgentPlan(plan, asked) };
  },
});
