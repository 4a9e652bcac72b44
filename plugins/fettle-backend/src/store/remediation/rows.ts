import type {
  PlaybookLevel,
  PlanState,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import type { StoredApproval, StoredPlan } from './StoredPlan';
import type { Stage, StoredRemediation } from './StoredRemediation';

export interface ProblemRow {
  id: string;
  playbook_id: string;
  repository_id: string;
  key: string;
  kind: string;
  host: string;
  detail: string;
  seen_at: string;
  gone_at: string | null;
  outcome: string | null;
  outcome_at: string | null;
  playbook_digest: string | null;
  applied_at: string | null;
  person_acted: number;
  false_heal: number;
  plan_id: string | null;
  remediation_id: string | null;
}

export interface PlanRow {
  id: string;
  hash: string;
  content_hash: string;
  before_hash: string;
  playbook_id: string;
  playbook_digest: string;
  playbook_title: string;
  level: string;
  repository_id: string;
  host: string;
  campaign_id: string | null;
  title: string;
  state: string;
  problems: string;
  problem_keys: string;
  commit: string | null;
  base: string | null;
  files: string;
  edits: string;
  inputs: string;
  actions: string;
  notes: string;
  files_changed: number;
  lines_changed: number;
  reversible: number;
  requested_by: string;
  created_at: string;
  checked_at: string;
  expires_at: string | null;
  approvals_needed: number;
  remediation_id: string | null;
  superseded_by: string | null;
  revision: number | string;
}

export interface ApprovalRow {
  plan_id: string;
  plan_hash: string;
  actor: string;
  decision: string;
  reason: string | null;
  at: string;
  expires_at: string | null;
}

export interface RemediationRow {
  id: string;
  plan_id: string;
  plan_hash: string;
  content_hash: string;
  before_hash: string;
  playbook_id: string;
  playbook_title: string;
  level: string;
  repository_id: string;
  host: string;
  campaign_id: string | null;
  title: string;
  state: string;
  stage: string;
  reason: string | null;
  problems: string;
  change: string | null;
  progress: string;
  waits_for: string | null;
  decisions: string;
  cancel: string | null;
  person_acted: number;
  started_by: string;
  created_at: string;
  state_since: string;
  applied_at: string | null;
  ended_at: string | null;
  due_at: string | null;
  lease_until: string | null;
  fence: number;
  nudges: number;
  files_changed: number;
  lines_changed: number;
  revision: number | string;
}

const parse = <T>(text: string | null): T | null =>
  text === null ? null : JSON.parse(text);

export function toPlan(
  row: PlanRow & { repository: string },
  approvals: readonly ApprovalRow[],
): StoredPlan {
  return {
    id: row.id,
    hash: row.hash,
    contentHash: row.content_hash,
    beforeHash: row.before_hash,
    playbookId: row.playbook_id,
    playbookDigest: row.playbook_digest,
    playbookTitle: row.playbook_title,
    level: row.level as PlaybookLevel,
    repositoryId: row.repository_id,
    repository: row.repository,
    host: row.host,
    campaignId: row.campaign_id,
    title: row.title,
    state: row.state as PlanState,
    problems: JSON.parse(row.problems),
    commit: row.commit,
    base: row.base,
    files: JSON.parse(row.files),
    edits: JSON.parse(row.edits),
    inputs: JSON.parse(row.inputs),
    actions: JSON.parse(row.actions),
    ...(JSON.parse(row.notes) as Pick<
      StoredPlan,
      'obstacles' | 'notes' | 'unmended'
    >),
    filesChanged: row.files_changed,
    linesChanged: row.lines_changed,
    reversible: row.reversible === 1,
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    checkedAt: row.checked_at,
    expiresAt: row.expires_at,
    approvals: approvals.map(toApproval),
    approvalsNeeded: row.approvals_needed,
    remediationId: row.remediation_id,
    supersededBy: row.superseded_by,
    revision: Number(row.revision),
  };
}

export function toApproval(row: ApprovalRow): StoredApproval {
  return {
    planHash: row.plan_hash,
    actor: row.actor,
    decision: row.decision as StoredApproval['decision'],
    reason: row.reason,
    at: row.at,
    expiresAt: row.expires_at,
  };
}

export function toRemediation(row: RemediationRow): StoredRemediation {
  return {
    id: row.id,
    planId: row.plan_id,
    planHash: row.plan_hash,
    contentHash: row.content_hash,
    beforeHash: row.before_hash,
    playbookId: row.playbook_id,
    playbookTitle: row.playbook_title,
    level: row.level as PlaybookLevel,
    repositoryId: row.repository_id,
    host: row.host,
    campaignId: row.campaign_id,
    title: row.title,
    state: row.state as RemediationState,
    stage: row.stage as Stage,
    reason: parse(row.reason),
    problems: JSON.parse(row.problems),
    change: parse(row.change),
    progress: JSON.parse(row.progress),
    waitsFor: parse(row.waits_for),
    decisions: JSON.parse(row.decisions),
    cancel: parse(row.cancel),
    personActed: row.person_acted === 1,
    startedBy: row.started_by,
    createdAt: row.created_at,
    stateSince: row.state_since,
    appliedAt: row.applied_at,
    endedAt: row.ended_at,
    dueAt: row.due_at,
    fence: row.fence,
    nudges: row.nudges,
    filesChanged: row.files_changed,
    linesChanged: row.lines_changed,
    revision: Number(row.revision),
  };
}
