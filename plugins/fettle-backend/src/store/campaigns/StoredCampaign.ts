import type {
  CampaignCounts,
  CampaignItemPage,
  CampaignRequest,
  CampaignState,
  PlanState,
  PlaybookLevel,
  Reason,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import type { ProposedChange } from 'backstage-plugin-fettle-node';

/** A campaign as it is kept. */
export interface StoredCampaign {
  id: string;
  title: string;
  playbookId: string;
  playbookTitle: string;
  scope: CampaignRequest['scope'];
  waves: CampaignRequest['waves'];
  order: CampaignRequest['order'];
  mostFailures: number;
  state: CampaignState;
  /** Why it is paused. */
  reason: Reason | null;
  hash: string | null;
  /** The last that has begun; 0 before the start. */
  wave: number;
  waveCount: number;
  /** By wave, the failures that a person went on with. */
  accepted: Record<string, number>;
  createdBy: string;
  createdAt: string;
  startedBy: string | null;
  startedAt: string | null;
  endedAt: string | null;
  /** Who cancelled it. */
  endedBy: string | null;
  fence: number;
  nudges: number;
  revision: number;
}

/** What became of a repository of a campaign, as its plan and its remediation say. */
export type ItemState = CampaignItemPage['items'][number]['state'];

/** A repository of the campaign that this one uses something of. */
export interface Library {
  repositoryId: string;
  packages: {
    /** `packages.id`. */
    id: number;
    ecosystem: string;
    name: string;
    /** The newest version that was known when the campaign was planned. */
    newest: string | null;
  }[];
}

/** How one repository stands, as far as the campaign has to know it. */
export interface Standing {
  repositoryId: string;
  repository: string;
  wave: number;
  position: number;
  state: ItemState;
  planId: string | null;
  planState: PlanState | null;
  planHash: string | null;
  planExpiresAt: string | null;
  releasedHash: string | null;
  level: PlaybookLevel | null;
  remediationId: string | null;
  remediationState: RemediationState | null;
  /** A person asked for its end already. */
  cancelAsked: boolean;
  change: Pick<ProposedChange, 'state' | 'checks'> | null;
  /** When the last effect was seen to be done, ISO 8601. */
  effectAt: string | null;
  libraries: Library[];
  reason: Reason | null;
}

/** Numbers of some repositories of a campaign. */
export interface Tally {
  counts: CampaignCounts;
  /** Those that are in force, and read again. */
  verifying: number;
  /** The most that any of their plans needs. */
  approvalsNeeded: number;
}

export const NO_COUNTS: CampaignCounts = {
  ...{ all: 0, planning: 0, nothing: 0, impossible: 0, waiting: 0 },
  ...{ blocked: 0, running: 0, open: 0, healed: 0, failed: 0, cancelled: 0 },
  ...{ files: 0, lines: 0 },
};

/** Who approved a campaign's plans. */
export interface CampaignApproval {
  hash: string;
  actor: string;
  at: string;
  expiresAt: string;
}

/** What came of planning for one repository. */
export interface PlannedItem {
  repositoryId: string;
  planId: string | null;
  /** Where there is no plan. */
  outcome: 'nothing' | 'impossible' | null;
  reason: Reason | null;
}

/** Where a repository has its place. */
export interface PlacedItem {
  repositoryId: string;
  wave: number;
  position: number;
  libraries: Library[];
  note: Reason | null;
}
