import type {
  PolicyRest,
  PolicyStatus,
  Reason,
} from 'backstage-plugin-fettle-common';
import { EvaluationError } from '@marcbachmann/cel-js';
import { findGaps, type Gap, type Portal } from './gaps';
import { fitsLists } from './inScope';
import type { Expression } from './language/compile';
import { withDeadline } from './language/withDeadline';
import type { CompiledPolicy } from './Policy';
import { restsOn } from './restsOn';
import type { Subject } from './subject/Subject';
import type { SubjectValues } from './subject/toValues';

/** How a repository stands against a policy. */
export interface Outcome {
  status: PolicyStatus;
  message: string;
  reason: Reason | null;
  caveats: string[];
  rests: PolicyRest[];
}

/** A repository as policies meet it; the values are made once for all of them. */
export interface Evaluated {
  subject: Subject;
  values: SubjectValues;
  /** How many of what breaks a policy are named. */
  mostNamed: number;
}

/** More than this is not evaluated: lists times lists times lists. */
const MOST_STEPS = 5_000_000;
const DEADLINE_MS = 1_000;

/** Undefined where the repository is out of the policy's scope. */
export function evaluatePolicy(
  policy: CompiledPolicy,
  { subject, values, mostNamed }: Evaluated,
  portal: Portal,
): Outcome | undefined {
  if (!fitsLists(policy.described.scope, subject)) return undefined;
  const done = (
    status: PolicyStatus,
    message: string,
    reason: Reason | null = null,
    rests: PolicyRest[] = restsOn(policy, values, 0),
  ): Outcome => ({
    ...{ status, message, reason, rests },
    caveats: caveatsOf(policy, subject),
  });

  if (policy.when) {
    const [unread] = findGaps(policy.when.reads, subject, portal);
    const when = run(policy.when, values);
    if (when.value === false && !unread) return undefined;
    if (unread) {
      return done(
        'unknown',
        'Whether the policy is about it is not known.',
        plain(unread),
      );
    }
    if (when.failure) return failed(when.failure, done);
  }

  const { condition } = policy;
  const gaps = findGaps(condition.reads, subject, portal);
  const unread = gaps.find(({ code }) => code === 'never-read');
  if (unread) return done('unknown', NOT_KNOWN, plain(unread));
  const result = run(condition, values);
  if (result.failure) return failed(result.failure, done);
  if (result.value) {
    return gaps.length > 0
      ? done('unknown', NOT_KNOWN, plain(gaps[0]))
      : done('kept', 'Kept.');
  }
  const rests = restsOn(policy, values, mostNamed);
  return gaps.length === 0 || isProved(rests, gaps, subject)
    ? done('violated', policy.described.message, null, rests)
    : done('unknown', NOT_KNOWN, plain(gaps[0]), rests);
}

const NOT_KNOWN = 'Not all that the policy reads is known.';

interface Failure {
  status: 'error' | 'unknown';
  reason: Reason;
}

function run(
  expression: Expression,
  values: SubjectValues,
): { value?: boolean; failure?: Failure } {
  const { findings, components, verdicts, entities } = values;
  const steps = expression.cost({
    findings: findings.length,
    components: components.length,
    verdicts: verdicts.length,
    entities: entities.length,
  });
  if (steps > MOST_STEPS) {
    return {
      failure: error(
        'too-costly',
        `It would take up to ${steps} steps on this repository; ${MOST_STEPS} are allowed.`,
        'Write the policy without a list inside of a list.',
      ),
    };
  }
  try {
    return {
      value: withDeadline(DEADLINE_MS, () => expression.evaluate(values)),
    };
  } catch (thrown) {
    return { failure: toFailure(thrown) };
  }
}

function toFailure(thrown: unknown): Failure {
  const summary =
    thrown instanceof EvaluationError ? thrown.summary : String(thrown);
  const node = thrown instanceof EvaluationError ? thrown.node : undefined;
  const [of, field] =
    node?.op === '.' && (thrown as EvaluationError).code === 'no_such_key'
      ? node.args
      : [];
  if (of?.op === 'id' && of.args === 'repository') {
    return {
      status: 'unknown',
      reason: {
        code: 'not-told',
        message: `'repository.${field}' is not known of this repository.`,
        action: `See its page for what could not be read, or ask 'has(repository.${field})' in the policy.`,
      },
    };
  }
  return error(
    'evaluation-failed',
    `The policy could not be evaluated: ${summary}.`,
    field
      ? `Ask 'has()' before reading '${field}': it may be absent.`
      : 'Correct the condition of the policy.',
  );
}

function error(code: string, message: string, action: string): Failure {
  return { status: 'error', reason: { code, message, action } };
}

function failed(
  { status, reason }: Failure,
  done: (s: PolicyStatus, message: string, reason: Reason) => Outcome,
): Outcome {
  return done(
    status,
    status === 'unknown' ? NOT_KNOWN : reason.message,
    reason,
  );
}

function plain({ code, message, action }: Gap): Reason {
  return { code, message, action };
}

/** Whether something that is known breaks the policy, whatever else is not. */
function isProved(
  rests: readonly PolicyRest[],
  gaps: readonly Gap[],
  { verdicts }: Subject,
): boolean {
  return rests.some(({ input, offending, first }) => {
    if (!offending) return false;
    const gapsHere = gaps.filter(gap => gap.input === input);
    if (gapsHere.length === 0 || input !== 'verdicts') return true;
    // An unknown verdict is not evidence of anything.
    return verdicts.some(
      ({ check, status }) => first.includes(check) && status !== 'unknown',
    );
  });
}

function caveatsOf({ reads }: CompiledPolicy, subject: Subject): string[] {
  const caveats: string[] = [];
  if (subject.state === 'failing' && subject.collectedAt !== null) {
    caveats.push('The last reading failed; this is of the one before.');
  }
  if (!reads.includes('findings') && !reads.includes('components')) {
    return caveats;
  }
  for (const { scannerId, state, commit } of subject.scans) {
    if (state === 'partial') {
      caveats.push(`${scannerId} could not read all files.`);
    }
    if (commit !== null && commit !== subject.headCommit) {
      caveats.push(
        `${scannerId} scanned ${commit.slice(
          0,
          7,
        )} last, which is not the head.`,
      );
    }
  }
  return caveats;
}
