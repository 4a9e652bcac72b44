import type {
  Change,
  Plan,
  Problem,
  Reason,
  Remediation,
  RemediationEvent,
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
    seeSecrets,
  }: {
    now: Date;
    rights: PlanRights;
    blockedBy?: Reason[];
    seeSecrets: boolean;
  },
): Plan {
  const state = planStateAt(plan, now);
  const view: Plan = {
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
  return seeSecrets || !isAboutSecrets(plan) ? view : withoutPlaces(view);
}

/** A remediation as the API shows it. */
export function toRemediationView(
  one: ShownRemediation,
  seeSecrets: boolean,
): Remediation {
  const view: Remediation = {
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
  if (seeSecrets || !isAboutSecrets(one)) return view;
  const { reason, waitsFor } = view;
  return {
    ...view,
    reason: reason && { ...reason, message: HIDDEN, action: HIDDEN },
    waitsFor: waitsFor && { ...waitsFor, question: HIDDEN },
  };
}

/** Where secrets are stands in the diff, and in whatever steps and hosts say of it. */
const HIDDEN = 'Hidden: it may say where a secret is.';

/** The story, for those who may not see where secrets are. */
export function toStory(
  { problems }: Pick<ShownRemediation, 'problems'>,
  story: readonly RemediationEvent[],
  seeSecrets: boolean,
): RemediationEvent[] {
  if (seeSecrets || !isAboutSecrets({ problems })) return [...story];
  return story.map(one => ({ ...one, message: HIDDEN }));
}

function isAboutSecrets({ problems }: { problems: readonly PlanProblem[] }) {
  return problems.some(({ finding }) => finding?.kind === 'secret');
}

function withoutPlaces(view: Plan): Plan {
  return {
    ...view,
    unmended: view.unmended.map(one => ({ ...one, reason: HIDDEN })),
    files: [],
    actions: view.actions.map(action => ({
      ...action,
      ...{ summary: HIDDEN, before: null, after: null },
    })),
    obstacles: view.obstacles.map(one => ({
      ...{ ...one, message: HIDDEN, action: HIDDEN },
    })),
    notes: [],
  };
}

function toProblem(problem: PlanProblem): Problem {
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
