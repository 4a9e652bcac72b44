import type {
  OutcomeCounts,
  SuccessRate,
} from 'backstage-plugin-fettle-common';

/** Of the normal distribution, for an interval of 95 %. */
const Z = 1.959963984540054;

/**
 * The Wilson score interval of a share, 95 %.
 *
 * @see E. B. Wilson, Probable inference, the law of succession, and statistical
 * inference, Journal of the American Statistical Association 22 (1927)
 */
export function wilson(
  successes: number,
  of: number,
): { low: number; high: number } {
  const p = successes / of;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half =
    (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return {
    low: Math.max(0, middle - half),
    high: Math.min(1, middle + half),
  };
}

/** Problems of one playbook on one host, as they ended. */
export interface ProblemCount {
  playbookId: string;
  host: string;
  /** `healed`, …; null while there is none. */
  outcome: string | null;
  /** Where the remediation under way stands; null for none. */
  state: string | null;
  /** A person acted; or it went while it was blocked, waited for an approval, or was found impossible. */
  personActed: boolean;
  /** It came back within 24 hours after it was healed. */
  falseHeal: boolean;
  /** Without an outcome, or until it went without us, for longer than the time-out of its playbook. */
  overdue: boolean;
  problems: number;
}

/** The success rate, with everything that speaks against it counted. */
export function successRate(
  counts: readonly ProblemCount[],
  coverage: { problems: number; covered: number } | null,
): SuccessRate {
  const sum = (of: readonly ProblemCount[]) =>
    of.reduce((n, { problems }) => n + problems, 0);
  const counted = counts.filter(
    ({ outcome, overdue, personActed }) =>
      // Gone without us in time, while nothing held it up, says nothing of the playbook.
      (outcome !== null && outcome !== 'recovered') ||
      (outcome === 'recovered' && personActed) ||
      overdue,
  );
  const healed = sum(
    counted.filter(
      one => one.outcome === 'healed' && !one.personActed && !one.falseHeal,
    ),
  );
  const problems = sum(counted);
  const interval = problems > 0 ? wilson(healed, problems) : null;
  return {
    ...{ problems, healed, rate: problems > 0 ? healed / problems : null },
    ...{ low: interval?.low ?? null, high: interval?.high ?? null },
    coverage:
      coverage && coverage.problems > 0
        ? coverage.covered / coverage.problems
        : null,
    falseHeals: sum(counts.filter(({ falseHeal }) => falseHeal)),
  };
}

/** How problems ended, and where the others stand. */
export function countOutcomes(counts: readonly ProblemCount[]): OutcomeCounts {
  const result: OutcomeCounts = {
    ...{ healed: 0, failed: 0, unverified: 0, reverted: 0, escalated: 0 },
    ...{ recovered: 0, cancelled: 0, running: 0, waiting: 0, blocked: 0 },
  };
  for (const { outcome, state, problems } of counts) {
    result[bucketOf(outcome, state)] += problems;
  }
  return result;
}

function bucketOf(
  outcome: string | null,
  state: string | null,
): keyof OutcomeCounts {
  if (outcome !== null) return outcome as keyof OutcomeCounts;
  if (state === null) return 'waiting';
  return state === 'blocked' ? 'blocked' : 'running';
}
