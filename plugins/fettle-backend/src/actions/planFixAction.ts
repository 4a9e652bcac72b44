import { createPlan, requestPlan } from '../routes/createPlan';
import { defineAction } from './FettleAction';
import { findTarget, targetInput } from './findTarget';
import { AGENT_APPROVALS, planShape, toAgentPlan } from './planShape';

export const planFixAction = defineAction({
  name: 'plan-fix',
  title: 'Plan a fix',
  description: `Plans what a playbook would change in a repository and gives the plan with its diff and its hash. Nothing is changed.

The plan has to be approved by somebody else than you, whatever its playbook asks for, before apply-plan does it: \`needs\` says what is missing. Show the plan to a person and give them its id.`,
  // It is kept, and seen by people; the target stays as it is.
  attributes: { readOnly: false, destructive: false, idempotent: true },
  input: zod =>
    zod.object({
      playbookId: zod
        .string()
        .min(1)
        .max(64)
        .describe('From list-problems or list-playbooks'),
      ...targetInput(zod),
      problems: zod
        .array(zod.string().min(1).max(300))
        .max(100)
        .optional()
        .describe(
          'Keys of problems from list-problems; all that the playbook is for where it is left out',
        ),
    }),
  output: zod => zod.object({ plan: planShape(zod) }),
  audited: createPlan,
  async run({ playbookId, problems, ...target }, asked) {
    const { repositoryId } = await findTarget(target, asked);
    const plan = await requestPlan(
      {
        ...{ playbookId, repositoryId, leastApprovals: AGENT_APPROVALS },
        ...(problems && { problems }),
      },
      asked.credentials,
      asked.services,
    );
    return { plan: await toAgentPlan(plan, asked) };
  },
});
