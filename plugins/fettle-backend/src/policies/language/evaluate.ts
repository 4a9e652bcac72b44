import { EvaluationError } from '@marcbachmann/cel-js';
import type { Reason } from 'backstage-plugin-fettle-common';
import type { Expression } from './compile';
import type { Sizes } from './cost';
import { withDeadline } from './withDeadline';
import type { Values } from './words';

/** More than this is not evaluated: lists times lists times lists. */
const MOST_STEPS = 5_000_000;
const DEADLINE_MS = 1_000;

/** Evaluates within bounds of steps and time. */
export function evaluate(
  expression: Expression,
  values: Values,
  options: {
    sizes: Sizes;
    /** Whose expression it is, for messages. */
    of: 'policy' | 'playbook';
  },
): { value?: boolean; failure?: Reason } {
  const { sizes, of } = options;
  const steps = expression.cost(sizes);
  if (steps > MOST_STEPS) {
    return {
      failure: {
        code: 'too-costly',
        message: `It would take up to ${steps} steps on this repository; ${MOST_STEPS} are allowed.`,
        action: `Write the ${of} without a list inside of a list.`,
      },
    };
  }
  try {
    return {
      value: withDeadline(DEADLINE_MS, () => expression.evaluate(values)),
    };
  } catch (thrown) {
    return { failure: toFailure(thrown, of) };
  }
}

function toFailure(thrown: unknown, of: string): Reason {
  const failed = thrown instanceof EvaluationError ? thrown : undefined;
  const field =
    failed?.code === 'no_such_key' && failed.node?.op === '.'
      ? failed.node.args[1]
      : undefined;
  return {
    code: 'evaluation-failed',
    message: `The ${of} could not be evaluated: ${
      failed?.summary ?? String(thrown)
    }.`,
    action: field
      ? `Ask 'has()' before reading '${field}': it may be absent.`
      : `Correct the condition of the ${of}.`,
  };
}
