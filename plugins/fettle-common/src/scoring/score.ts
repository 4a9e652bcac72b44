import type { ScoreLevel, VerdictCounts } from '../schemas/repositories';
import type { VerdictStatus } from '../schemas/verdicts';

/**
 * What scoring needs of a verdict.
 *
 * @public
 */
export interface ScoredVerdict {
  status: VerdictStatus;
  /** 0.001 to 100; 0 takes no part in the score. */
  weight: number;
}

/**
 * One line of an explanation: what one verdict does to the score.
 *
 * @public
 */
export interface ScoreLine {
  /** Points out of 100 that it brings. */
  points: number;
  /** Points out of 100 that a pass would add. */
  worth: number;
}

/**
 * A score and the reasons for it.
 *
 * @public
 */
export interface Score {
  /** Sum of the points, rounded down; null where no verdict is known. */
  score: number | null;
  /** The score if every unknown verdict turned out a pass. */
  upTo: number | null;
  level: ScoreLevel;
  counts: VerdictCounts;
  /** One for each verdict, in the order given. */
  lines: ScoreLine[];
}

const CREDIT: Record<VerdictStatus, number> = {
  pass: 1,
  warn: 0.5,
  fail: 0,
  unknown: 0,
  'not-applicable': 0,
};

/**
 * The weighted share of what is proved good, 0 to 100.
 *
 * A pass earns its weight, a warning half of it, a failure nothing. An unknown
 * verdict earns nothing either but stays in the divisor: leaving it out would
 * let a broken scan raise the score. What it might still bring is `upTo`.
 * Verdicts that do not apply take no part. Rounded down, so that 100 means
 * that everything passes.
 *
 * Making any verdict worse, or adding one that fails, never raises the score
 * (see `score.property.test.ts`).
 *
 * @public
 */
export function scoreVerdicts(verdicts: readonly ScoredVerdict[]): Score {
  const counts: VerdictCounts = {
    pass: 0,
    warn: 0,
    fail: 0,
    unknown: 0,
    notApplicable: 0,
  };
  let total = 0;
  let earned = 0;
  let unknown = 0;
  let known = 0;
  for (const { status, weight } of verdicts) {
    counts[status === 'not-applicable' ? 'notApplicable' : status] += 1;
    if (status === 'not-applicable') continue;
    total += weight;
    earned += weight * CREDIT[status];
    if (status === 'unknown') unknown += weight;
    else known += weight;
  }
  const lines = verdicts.map(({ status, weight }) =>
    status === 'not-applicable' || total === 0
      ? { points: 0, worth: 0 }
      : {
          points: (100 * weight * CREDIT[status]) / total,
          worth: (100 * weight * (1 - CREDIT[status])) / total,
        },
  );
  const score = known > 0 ? percent(earned, total) : null;
  return {
    score,
    upTo: score === null ? null : percent(earned + unknown, total),
    level: scoreLevel(score),
    counts,
    lines,
  };
}

// Sums of weights such as 0.1 + 0.2 miss a whole number by a hair; without the
// margin a full score could be shown as 99.
function percent(part: number, whole: number): number {
  return Math.min(100, Math.floor((100 * part) / whole + 1e-9));
}

/**
 * `good` from 80, `fair` from 60, `poor` below.
 *
 * @public
 */
export function scoreLevel(score: number | null): ScoreLevel {
  if (score === null) return 'unknown';
  if (score >= 80) return 'good';
  return score >= 60 ? 'fair' : 'poor';
}
