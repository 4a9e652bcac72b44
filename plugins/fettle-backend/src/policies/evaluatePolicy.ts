import type {
  PolicyRest,
  PolicyStatus,
  Reason,
} from 'backstage-plugin-fettle-common';
import { caveatsOf } from './caveatsOf';
import { findGaps, type Gap } from './gaps';
import { fitsLists } from './inScope';
import type { Expression } from './language/compile';
import { evaluate } from './language/evaluate';
import type { CompiledPolicy } from './Policy';
import type { Portal } from './Portal';
import { restsOn } from './restsOn';
import type { Evaluated } from './subject/Evaluated';
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

/** Undefined where the repository is out of the policy's scope. */
export function evaluatePolicy(
  policy: CompiledPolicy,
  evaluated: Evaluated,
  portal: Portal,
): Outcome | undefined {
  const { subject, values, mostNamed } = evaluated;
  if (!fitsLists(policy.described.scope, subject)) return undefined;
  const done = (
    status: PolicyStatus,
    message: string,
    reason: Reason | null = null,
    rests: PolicyRest[] = restsOn(policy, values, 0),
  ): Outcome => ({
    ...{ status, message, reason, rests },
    caveats: caveatsOf(policy, subject, portal),
  });

  if (policy.when) {
    const [unread] = findGaps(policy.when.reads, evaluated, portal);
    const when = run(policy.when, values);
    if (when.value === false && !unread) return undefined;
    if (unread) {
      return done(
        'unknown',
        'Whether the policy is about it is not known.',
        plain(unread),
      );
    }
    if (when.failure) return done('error', when.failure.message, when.failure);
  }

  const { condition } = policy;
  const gaps = findGaps(condition.reads, evaluated, portal);
  const unread = gaps.find(({ code }) => code === 'never-read');
  if (unread) return done('unknown', NOT_KNOWN, plain(unread));
  const result = run(condition, values);
  if (result.failure) {
    const untold = gaps.find(({ code }) => code === 'not-told');
    return untold
      ? done('unknown', NOT_KNOWN, plain(untold))
      : done('error', result.failure.message, result.failure);
  }
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

function run(expression: Expression, values: SubjectValues) {
  const { findings, components, verdicts, entities } = values;
  const sizes = {
    findings: findings.length,
    components: components.length,
    verdicts: verdicts.length,
    entities: entities.length,
  };
  return evaluate(expression, values, { sizes, of: 'policy' });
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
