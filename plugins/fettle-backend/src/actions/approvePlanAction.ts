import { decidePlan } from '../routes/decidePlan';
import { findPlan } from '../routes/readPlans';
import { askRoute } from './askRoute';
import { defineAction } from './FettleAction';
import { planShape, toAgentPlan } from './planShape';

export const approvePlanAction = defineAction({
  name: 'approve-plan',
  title: 'Approve or reject a plan',
  description:
    'Approves or rejects a plan of somebody else, by its hash. Who asked for a plan cannot approve it. A plan that Fettle made for itself is applied as soon as it has its approvals.',
  attributes: { readOnly: false, destructive: true, idempotent: true },
  input: zod =>
    zod.object({
      planId: zod.string().min(1).max(64),
      hash: zod
        .string()
        .length(64)
        .describe('Of the plan that you looked at, from get-plan'),
      decision: zod.enum(['approved', 'rejected']).default('approved'),
      reason: zod.string().max(2000).optional(),
    }),
  output: zod => zod.object({ plan: planShape(zod) }),
  audited: decidePlan,
  async run({ planId: id, ...body }, asked) {
    await askRoute(decidePlan, { params: { id }, body }, asked);
    const plan = await findPlan(id, asked.credentials, asked.services);
    return { plan: await toAgentPlan(plan, asked) };
  },
});
