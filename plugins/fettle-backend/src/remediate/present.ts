import type {
  Change,
  Plan,
  Problem,
  Reason,
  Remediation,
} from 'backstage-plugin-fettle-common';
import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { ShownRemediation } from '../store/remediation/readRemediations';
import type { PlanProblem, StoredPlan } from '../store/remediation/StoredPlan';
import { planStateAt } from './approve/approvals';

/** What a reader may do with plans. */
export interface PlanRights {
  actor: string;
  approve: boolean;
  apply: boolean;
}

/** A plan as the API shows it. */
export function toPlanView(
  plan: StoredPlan,
  {
    now,
    rights,
    blockedBy = [],
  }: { now: Date; rights: PlanRights; blockedBy?: Reason[] },
): Plan {
  const state = planStateAt(plan, now);
  return {
    ...{ id: plan.id, hash: plan.hash, playbookId: plan.playbookId },
    ...{ playbookTitle: plan.playbookTitle, level: plan.level },
    ...{ repositoryId: plan.repositoryId, repository: plan.repository },
    ...{ campaignId: plan.campaignId, title: plan.title, state },
    problems: plan.problems.map(toProblem),
    ...{ unmended: plan.unmended, commit: plan.commit, files: plan.files },
    ...{ filesChanged: plan.filesChanged, linesChanged: plan.linesChanged },
    actions: plan.actions.map(({ input, idempotent, ...action }) => action),
    ...{ obstacles: plan.obstacles, notes: plan.notes },
    ...{ reversible: plan.reversible, requestedBy: plan.requestedBy },
    createdAt: plan.createdAt,
    approvals: plan.approvals.map(({ planHash, ...approval }) => approval),
    ...{ approvalsNeeded: plan.approvalsNeeded },
    ...{ remediationId: plan.remediationId, supersededBy: plan.supersededBy },
    blockedBy,
    can: {
      approve:
        rights.approve &&
        plan.requestedBy !== rights.actor &&
        (state === 'waiting' ||
          (state === 'ready' && plan.approvalsNeeded > 0)),
      apply: rights.apply && state === 'ready' && plan.level !== 'observe',
    },
    revision: plan.revision,
  };
}

/** A remediation as the API shows it. */
export function toRemediationView(one: ShownRemediation): Remediation {
  return {
    ...{ id: one.id, planId: one.planId, planHash: one.planHash },
    ...{ playbookId: one.playbookId, playbookTitle: one.playbookTitle },
    ...{ repositoryId: one.repositoryId, repository: one.repository },
    ...{ entityRef: one.entityRef, campaignId: one.campaignId },
    ...{ title: one.title, state: one.state, reason: one.reason },
    problems: one.problems.map(toProblem),
    change: one.change && toChange(one.change),
    ...{ personActed: one.personActed, waitsFor: one.waitsFor },
    ...{ startedBy: one.startedBy, createdAt: one.createdAt },
    ...{ stateSince: one.stateSince, endedAt: one.endedAt, dueAt: one.dueAt },
    revision: one.revision,
  };
}

export function toProblem(problem: PlanProblem): Problem {
  const { id, kind, key, title } = problem;
  return {
    ...{ id, kind, key, title },
    findingId: problem.finding?.id ?? null,
    checkId: problem.verdict?.check ?? null,
  };
}

function toChange(change: ProposedChange): Change {
  return {
    ...{ id: change.id, url: change.url ?? null, branch: change.branch },
    ...{ headCommit: change.headCommit, state: change.state },
    ...{ checks: change.checks, review: change.review },
    ...{ mergeable: change.mergeable ?? null, edited: change.edited },
    mergeCommit: change.mergeCommit ?? null,
    endedBy: change.endedBy ?? null,
  };
}
