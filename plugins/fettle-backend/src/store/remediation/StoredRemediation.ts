import type { JsonValue } from '@backstage/types';
import type {
  PlaybookLevel,
  Reason,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { PlanProblem } from './StoredPlan';

/**
 * What is to be done next; a remediation that ended has the stage `ended`.
 *
 * - `admit`: asks whether it is let through.
 * - `check`: looks whether the plan still holds.
 * - `before`, `opened`, `merged`: actions of that phase.
 * - `open`: opens the change.
 * - `follow`: looks how the change stands, and merges it.
 * - `read`: reads the target again, after the settle time.
 * - `hold`: the same, at the end of the hold time.
 * - `roll-back`: takes back what was done.
 */
export type Stage =
  | 'admit'
  | 'check'
  | 'before'
  | 'open'
  | 'opened'
  | 'follow'
  | 'merged'
  | 'read'
  | 'hold'
  | 'roll-back'
  | 'ended';

/** What came of an action, by its place in the plan. */
export interface DoneAction {
  message: string;
  url: string | null;
  output: JsonValue;
}

/** What was done so far; kept so that nothing is done twice. */
export interface Progress {
  done: Record<string, DoneAction>;
  /** The action that may have been begun and cannot be done twice. */
  begun: string | null;
  /** What an action gave that waits for something elsewhere, by its place in the plan. */
  waiting: Record<string, JsonValue>;
  /** Errors of the present stage in a row. */
  errors: number;
  /** When the last effect was seen to be done, ISO 8601. */
  effectAt: string | null;
  /** Since when the target is given time. */
  settledFrom: string | null;
  /** When a fresh reading was asked for. */
  askedAt: string | null;
  /** Readings in a row that found the problem still there. */
  wrong: number;
  holdUntil: string | null;
  mergeCommit: string | null;
  /** The head that the change was opened on. */
  baseCommit: string | null;
  /** Which time this is that the same plan is applied to the repository, from 1. */
  nth: number;
  /** Times the change was looked at. */
  looks: number;
  /** Times it conflicted with its base. */
  conflicts: number;
  /** What is to be taken back, and why. */
  rollBack: {
    reason: Reason;
    /** What ends: where nothing can be taken back, or all was. */
    done: string[];
    left: string[];
    /** The change that takes the merged one back. */
    change: ProposedChange | null;
    /** When that one was opened, ISO 8601. */
    openedAt?: string;
    /** Whether a person asked for it. */
    cancelled: string | null;
  } | null;
  /** Its readers were told that its checks failed. */
  toldChecks: boolean;
}

export const NO_PROGRESS: Progress = {
  done: {},
  begun: null,
  waiting: {},
  errors: 0,
  effectAt: null,
  settledFrom: null,
  askedAt: null,
  wrong: 0,
  holdUntil: null,
  mergeCommit: null,
  baseCommit: null,
  nth: 1,
  looks: 0,
  conflicts: 0,
  rollBack: null,
  toldChecks: false,
};

/** What a person said where a step waits for one. */
export interface Decision {
  approved: boolean;
  actor: string;
  reason: string;
}

/** A remediation as it is kept. */
export interface StoredRemediation {
  id: string;
  planId: string;
  planHash: string;
  contentHash: string;
  beforeHash: string;
  playbookId: string;
  playbookTitle: string;
  level: PlaybookLevel;
  repositoryId: string;
  host: string;
  campaignId: string | null;
  title: string;
  state: RemediationState;
  stage: Stage;
  reason: Reason | null;
  problems: PlanProblem[];
  change: ProposedChange | null;
  progress: Progress;
  waitsFor: { stepId: string; question: string } | null;
  decisions: Record<string, Decision>;
  /** Who asked for its end. */
  cancel: { actor: string; reason: string } | null;
  personActed: boolean;
  startedBy: string;
  createdAt: string;
  stateSince: string;
  appliedAt: string | null;
  endedAt: string | null;
  dueAt: string | null;
  fence: number;
  nudges: number;
  filesChanged: number;
  linesChanged: number;
  revision: number;
}

/** One thing that happened. */
export interface StoryEvent {
  event: string;
  message: string;
  stepId?: string | null;
  /** Entity ref of the person. */
  actor?: string | null;
  url?: string | null;
}

/** States in which a remediation has come to its end. */
const ENDED: readonly RemediationState[] = [
  'healed',
  'failed',
  'unverified',
  'reverted',
  'escalated',
  'recovered',
  'cancelled',
];

export function hasEnded(state: RemediationState): boolean {
  return ENDED.includes(state);
}
