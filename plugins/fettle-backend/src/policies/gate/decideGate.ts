import type { Gate, GateReason, Reason } from 'backstage-plugin-fettle-common';
import type { Outcome } from '../evaluatePolicy';
import type { CompiledPolicy } from '../Policy';
import type { Subject } from '../subject/Subject';

const ORDER: readonly GateReason['severity'][] = [
  ...(['critical', 'high', 'medium', 'low', 'unknown'] as const),
];

/** What a gate is asked about. */
export interface Asked {
  /** Undefined: whatever was read last. */
  wanted: string | undefined;
  /** Ids of the scanners that the portal has. */
  scanners: readonly string[];
}

/**
 * Whether a commit may pass. Only policies at the level `enforce` decide; what
 * is not known of them, or of the commit, is never a pass.
 */
export function decideGate(
  policies: readonly CompiledPolicy[],
  subject: Subject,
  outcomes: ReadonlyMap<string, Outcome>,
  { wanted, scanners }: Asked,
): Gate {
  const reasons = policies
    .flatMap((policy): GateReason[] => {
      const outcome = outcomes.get(policy.described.id);
      if (!outcome || outcome.status === 'kept') return [];
      const { id, title, severity, level } = policy.described;
      const { status, message, reason, rests } = outcome;
      return [
        {
          ...{ policyId: id, title, severity, level, status, message, reason },
          ...{ rests, counts: level === 'enforce' },
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.counts) - Number(a.counts) ||
        ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
        a.policyId.localeCompare(b.policyId),
    );
  const commit = wanted ?? subject.headCommit;
  const missing = notJudged(policies, subject, { wanted, scanners });
  if (missing)
    return { answer: 'unknown', commit, reason: missing, reasons: [] };
  const counting = reasons.filter(({ counts }) => counts);
  if (counting.some(({ status }) => status !== 'unknown')) {
    return { answer: 'fail', commit, reason: null, reasons };
  }
  const [unknown] = counting;
  return {
    answer: unknown ? 'unknown' : 'pass',
    ...{ commit, reason: unknown?.reason ?? null, reasons },
  };
}

/** Why the commit cannot be judged yet. */
function notJudged(
  policies: readonly CompiledPolicy[],
  subject: Subject,
  { wanted, scanners }: Asked,
): Reason | undefined {
  const { name, headCommit, scans, defaultBranch } = subject;
  if (subject.collectedAt === null) {
    return {
      code: 'never-read',
      message: `${name} was never read.`,
      action: 'Wait for its first reading, and ask again.',
    };
  }
  const commit = wanted ?? headCommit;
  if (commit === null) return undefined;
  if (commit !== headCommit) {
    return {
      code: 'not-read',
      message: `The head of ${name} is ${
        headCommit ?? 'unknown'
      } as far as it was read, not ${commit}.`,
      action: `Commits are judged when they are the head of the default branch${
        defaultBranch === null ? '' : ` (${defaultBranch})`
      }. Push it there, tell Fettle by POST /push, and ask again in a minute.`,
    };
  }
  const enforced = policies.filter(
    ({ described }) => described.level === 'enforce',
  );
  const needScan = enforced.some(
    ({ reads }) => reads.includes('findings') || reads.includes('components'),
  );
  const late = scans.find(
    scan => scanners.includes(scan.scannerId) && scan.commit !== commit,
  );
  if (!needScan || !late) return undefined;
  const { scannerId, state, reason } = late;
  const message = `${commit} of ${name} was not scanned by ${scannerId}`;
  if (state === 'failed' && reason) {
    return { ...reason, message: `${message}: ${reason.message}` };
  }
  return {
    code: 'not-scanned',
    message: `${message} yet; it scanned ${late.commit ?? 'nothing'} last.`,
    action: 'It is scanned by itself: ask again in a minute.',
  };
}
