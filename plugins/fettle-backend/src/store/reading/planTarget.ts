import type { ActivityItem, Evidence } from 'backstage-plugin-fettle-common';
import { createHash } from 'node:crypto';
import type { EvaluatedVerdict, Evaluation } from '../FettleStore';
import { storable } from '../storable';
import type { EvidenceRow, RollupRow, VerdictRow } from '../tables';

/** What is to be written of one folder. */
export interface TargetPlan {
  subpath: string;
  rollup: RollupRow;
  verdicts: VerdictRow[];
  evidence: EvidenceRow[];
  /** Ids of checks. */
  dropped: string[];
  /** Ids of checks whose evidence is gone or has none any more. */
  droppedEvidence: string[];
  /** Whether a reader can see a difference. */
  visible: boolean;
  /** The score before; null also where there was no reading. */
  from: number | null;
  to: number | null;
  changedVerdicts: ActivityItem['verdicts'];
  /** Whether the score or a verdict's status changed, or this is the first reading. */
  historic: boolean;
}

const SCORED = new Set(['warn', 'fail', 'unknown']);

function evidenceDigest(items: Evidence[], more: number): string | null {
  if (items.length === 0 && more === 0) return null;
  return createHash('sha256')
    .update(JSON.stringify([more, items]))
    .digest('base64url')
    .slice(0, 22);
}

function worstOf(verdicts: EvaluatedVerdict[]): string | null {
  const worst = verdicts
    .filter(({ status, worth }) => SCORED.has(status) && worth > 0)
    .reduce<EvaluatedVerdict | undefined>(
      (most, one) => (!most || one.worth > most.worth ? one : most),
      undefined,
    );
  if (!worst) return null;
  const { checkId, title, status, worth } = worst;
  return JSON.stringify({ checkId, title, status, worth });
}

const COMPARED = [
  'title',
  'status',
  'message',
  'weight',
  'points',
  'worth',
  'evidence_digest',
] as const;

/** Compares an evaluation with the one that is stored. Pure. */
export function planTarget(options: {
  repositoryId: string;
  evaluation: Evaluation;
  rollup: RollupRow | undefined;
  verdicts: readonly VerdictRow[];
  at: string;
  commit: string | null;
}): TargetPlan {
  const { repositoryId, evaluation, rollup, at, commit } = options;
  const { subpath, score, upTo, level, counts } = evaluation;
  const before = new Map(options.verdicts.map(row => [row.check_id, row]));
  const target = { repository_id: repositoryId, subpath };
  const plan: TargetPlan = {
    subpath,
    rollup: {
      ...target,
      score,
      up_to: upTo,
      level,
      pass: counts.pass,
      warn: counts.warn,
      fail: counts.fail,
      unknown: counts.unknown,
      not_applicable: counts.notApplicable,
      worst: worstOf(evaluation.verdicts),
      evaluated_at: at,
      commit,
    },
    verdicts: [],
    evidence: [],
    dropped: [],
    droppedEvidence: [],
    visible: false,
    from: rollup?.score ?? null,
    to: score,
    changedVerdicts: [],
    historic: false,
  };

  for (const verdict of evaluation.verdicts) {
    const { checkId, evidence, moreEvidence } = verdict;
    const old = before.get(checkId);
    before.delete(checkId);
    const row: VerdictRow = {
      ...target,
      check_id: checkId,
      title: storable(verdict.title),
      status: verdict.status,
      message: storable(verdict.message),
      weight: verdict.weight,
      points: verdict.points,
      worth: verdict.worth,
      since: old?.status === verdict.status ? old.since : at,
      evidence_digest: evidenceDigest(evidence, moreEvidence),
    };
    if (old && COMPARED.every(name => old[name] === row[name])) continue;

    plan.verdicts.push(row);
    if (row.evidence_digest !== (old?.evidence_digest ?? null)) {
      if (row.evidence_digest === null) plan.droppedEvidence.push(checkId);
      else {
        plan.evidence.push({
          ...target,
          check_id: checkId,
          items: JSON.stringify(evidence),
          more: moreEvidence,
        });
      }
    }
    if (old?.status !== verdict.status) {
      plan.changedVerdicts.push({
        checkId,
        title: verdict.title,
        from: (old?.status ?? null) as EvaluatedVerdict['status'] | null,
        to: verdict.status,
      });
    }
  }

  for (const row of before.values()) {
    plan.dropped.push(row.check_id);
    if (row.evidence_digest) plan.droppedEvidence.push(row.check_id);
  }
  plan.historic =
    !rollup || plan.from !== plan.to || plan.changedVerdicts.length > 0;
  plan.visible =
    plan.historic ||
    plan.verdicts.length > 0 ||
    plan.dropped.length > 0 ||
    rollup?.up_to !== upTo ||
    rollup?.level !== level;
  return plan;
}
