import { assertMayApply, planStateAt } from '../remediate/approve/approvals';
import { actorOf } from '../routes/acceptFinding';
import { presentPlan } from '../routes/readPlans';
import type { StoredPlan } from '../store/remediation/StoredPlan';
import type { Asked, Zod } from './FettleAction';

/** Whoever asks through an action: what they have applied was approved by somebody else. */
export const AGENT_APPROVALS = 1;

/** A plan as actions give it. */
export const planShape = (zod: Zod) =>
  zod
    .object({
      id: zod.string(),
      hash: zod
        .string()
        .describe('Of exactly this plan: approve-plan and apply-plan want it'),
      state: zod
        .string()
        .describe(
          'ready, waiting (for approvals), rejected, impossible (see obstacles), empty, applied, superseded or expired',
        ),
      title: zod.string(),
      playbookId: zod.string(),
      repositoryId: zod.string(),
      repository: zod.string(),
      requestedBy: zod.string(),
      files: zod
        .array(
          zod
            .object({
              path: zod.string(),
              kind: zod.string(),
              diff: zod.string().nullable().describe('Null where too long'),
            })
            .passthrough(),
        )
        .describe('What would be changed, as unified diffs'),
      actions: zod
        .array(zod.object({ summary: zod.string() }).passthrough())
        .describe('What would be done besides files'),
      needs: zod
        .array(zod.string())
        .describe(
          'What has to happen before apply-plan does it; nothing where it is empty',
        ),
      remediationId: zod
        .string()
        .nullable()
        .describe('The remediation that applies it'),
      supersededBy: zod
        .string()
        .nullable()
        .describe('The plan that took its place'),
    })
    .passthrough();

/** With what it needs until an action may have it applied. */
export async function toAgentPlan(
  stored: StoredPlan,
  { credentials, services }: Asked,
) {
  const plan = await presentPlan(stored, credentials, services);
  const refusal = refuse(stored, {
    ...{ actor: actorOf(credentials), now: services.clock().now },
  });
  const reasons = [...plan.obstacles, ...plan.blockedBy];
  return {
    ...plan,
    approvalsNeeded: Math.max(plan.approvalsNeeded, AGENT_APPROVALS),
    needs: [
      ...(refusal === null ? [] : [refusal]),
      ...reasons.map(({ message, action }) => `${message} ${action}`),
    ],
    can: { ...plan.can, apply: plan.can.apply && refusal === null },
  };
}

function refuse(
  plan: StoredPlan,
  { actor, now }: { actor: string; now: Date },
): string | null {
  // Nothing is needed where it was done, or where there is nothing to do.
  const state = planStateAt(plan, now);
  if (state === 'applied' || state === 'empty') return null;
  try {
    assertMayApply(plan, now, { actor, leastApprovals: AGENT_APPROVALS });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
