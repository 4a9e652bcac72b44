import { applyPlan, startPlan } from '../routes/applyPlan';
import { defineAction } from './FettleAction';
import { AGENT_APPROVALS } from './planShape';
import { remediationDetailsShape } from './remediationShape';

export const applyPlanAction = defineAction({
  name: 'apply-plan',
  title: 'Apply an approved plan',
  description:
    'Has exactly the plan of this hash applied, and gives the remediation to follow with get-remediation. It is refused, with the reason, while somebody else than you has not approved it, when its approval has run out, or when the repository moved. Asked again, it gives the remediation that was begun.',
  attributes: { readOnly: false, destructive: true, idempotent: true },
  input: zod =>
    zod.object({
      planId: zod.string().min(1).max(64).describe('Of an approved plan'),
      hash: zod.string().length(64).describe('Of the plan, from get-plan'),
    }),
  output: remediationDetailsShape,
  audited: applyPlan,
  run: ({ planId: id, hash }, { credentials, services }) =>
    startPlan(
      { ...{ id, hash }, leastApprovals: AGENT_APPROVALS },
      credentials,
      services,
    ),
});
