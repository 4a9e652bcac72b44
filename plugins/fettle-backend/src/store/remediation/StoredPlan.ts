import type { PlaybookLevel, PlanState } from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { MadePlan } from '../../remediate/plan/MadePlan';

/** A problem with the id of its row. */
export type PlanProblem = StepProblem & { id: string };

/** What a person said of a plan. */
export interface StoredApproval {
  planHash: string;
  actor: string;
  decision: 'approved' | 'rejected';
  reason: string | null;
  at: string;
  expiresAt: string | null;
}

/** A plan as it is kept. */
export interface StoredPlan extends Omit<MadePlan, 'state'> {
  id: string;
  playbookId: string;
  playbookDigest: string;
  playbookTitle: string;
  level: PlaybookLevel;
  repositoryId: string;
  repository: string;
  host: string;
  campaignId: string | null;
  title: string;
  state: PlanState;
  problems: PlanProblem[];
  requestedBy: string;
  createdAt: string;
  checkedAt: string;
  expiresAt: string | null;
  approvals: StoredApproval[];
  approvalsNeeded: number;
  remediationId: string | null;
  supersededBy: string | null;
  revision: number;
}

/** A plan to be kept. */
export type NewPlan = Omit<MadePlan, 'state'> &
  Pick<
    StoredPlan,
    | 'playbookId'
    | 'playbookDigest'
    | 'playbookTitle'
    | 'level'
    | 'repositoryId'
    | 'host'
    | 'campaignId'
    | 'title'
    | 'state'
    | 'problems'
    | 'requestedBy'
    | 'approvalsNeeded'
  > & {
    /** When the wait for approvals ends. */
    expiresAt: string | null;
  };
