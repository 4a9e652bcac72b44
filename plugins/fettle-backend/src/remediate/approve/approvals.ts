import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { PlanState } from 'backstage-plugin-fettle-common';
import type {
  StoredApproval,
  StoredPlan,
} from '../../store/remediation/StoredPlan';

/** Approvals of exactly this plan that have not run out. */
export function validApprovals(
  { approvals, hash }: Pick<StoredPlan, 'approvals' | 'hash'>,
  now: Date,
): StoredApproval[] {
  const at = now.toISOString();
  return approvals.filter(
    one =>
      one.decision === 'approved' &&
      one.planHash === hash &&
      (one.expiresAt === null || one.expiresAt > at),
  );
}

/** What a plan comes to with what people said of it. */
export function settleApprovals(
  plan: Pick<
    StoredPlan,
    'state' | 'approvals' | 'approvalsNeeded' | 'expiresAt' | 'hash'
  >,
  now: Date,
): Pick<StoredPlan, 'state' | 'expiresAt'> {
  if (plan.approvals.some(({ decision }) => decision === 'rejected')) {
    return { state: 'rejected', expiresAt: null };
  }
  const valid = validApprovals(plan, now);
  if (valid.length < plan.approvalsNeeded) {
    return { state: 'waiting', expiresAt: plan.expiresAt };
  }
  const ends = valid.flatMap(({ expiresAt }) => expiresAt ?? []).sort();
  return { state: 'ready', expiresAt: ends[0] ?? null };
}

/** The state that a plan has now: time alone ends the wait for approvals, and approvals. */
export function planStateAt(
  { state, expiresAt }: Pick<StoredPlan, 'state' | 'expiresAt'>,
  now: Date,
): PlanState {
  const active = state === 'ready' || state === 'waiting';
  return active && expiresAt !== null && expiresAt <= now.toISOString()
    ? 'expired'
    : state;
}

/** Throws where this person may not decide on this plan. */
export function assertMayDecide(
  plan: Pick<StoredPlan, 'requestedBy' | 'hash' | 'state' | 'expiresAt'>,
  { actor, hash, now }: { actor: string; hash: string; now: Date },
): void {
  if (plan.requestedBy === actor) {
    throw new NotAllowedError(
      'You asked for this plan: someone else has to approve it.',
    );
  }
  if (plan.hash !== hash) {
    throw new ConflictError(
      'The plan has another hash than the one that you looked at: look at it again.',
    );
  }
  const state = planStateAt(plan, now);
  if (state !== 'waiting' && state !== 'ready') {
    throw new ConflictError(
      `The plan is ${state}: there is nothing to decide. Plan anew.`,
    );
  }
}

/** Throws where a plan may not be applied. */
export function assertMayApply(
  plan: Pick<
    StoredPlan,
    | 'level'
    | 'state'
    | 'expiresAt'
    | 'approvals'
    | 'approvalsNeeded'
    | 'hash'
    | 'playbookTitle'
  >,
  now: Date,
  /** How many approvals by others than the actor it needs, whatever its playbook asks for. */
  { actor, leastApprovals }: { actor: string; leastApprovals: number },
): void {
  if (plan.level === 'observe') {
    throw new ConflictError(
      `'${plan.playbookTitle}' only says what it would do. Raise its level to 'propose' or 'enforce' to have it applied.`,
    );
  }
  const state = planStateAt(plan, now);
  const valid = validApprovals(plan, now);
  if (valid.length < plan.approvalsNeeded && state !== 'rejected') {
    throw new ConflictError(
      `The plan needs ${plan.approvalsNeeded} approvals by others and has ${valid.length} in force.`,
    );
  }
  const byOthers = valid.filter(one => one.actor !== actor).length;
  if (byOthers < leastApprovals && state === 'ready') {
    throw new ConflictError(
      `The plan needs ${leastApprovals} approval by somebody else than ${actor} and has ${byOthers} in force.`,
    );
  }
  if (state !== 'ready') {
    throw new ConflictError(`The plan is ${state}: plan anew.`);
  }
}
