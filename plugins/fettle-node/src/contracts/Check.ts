import type {
  Evidence,
  TargetScope,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { z } from 'zod';
import type { FactRef } from './FactCollector';

/**
 * What a check says. `unknown` is for facts that do not tell; a fact that could
 * not be collected never reaches the check: its verdict is `unknown` by itself.
 *
 * @public
 */
export interface CheckResult {
  status: VerdictStatus;
  /** One sentence with its numbers. */
  message: string;
  /** The places it rests on, worst first. At most 50 are stored; the rest is counted. */
  evidence?: Evidence[];
}

/**
 * The facts that a check asked for, by the names it gave them.
 *
 * @public
 */
export type CheckFacts<F extends Record<string, FactRef<any>>> = {
  [K in keyof F]: F[K] extends FactRef<infer T> ? T : never;
};

/**
 * A rule over facts. `evaluate` is pure: the same input gives the same verdict.
 *
 * @public
 */
export interface Check<
  F extends Record<string, FactRef<any>> = Record<string, FactRef<any>>,
  P extends Record<string, unknown> = Record<string, unknown>,
> {
  /** Unique among checks, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Heading under which it is shown, for example `Documentation`. */
  readonly group: string;
  /** Why it matters, one or two sentences. */
  readonly why: string;
  /** How to put it right, in the imperative. */
  readonly fix: string;
  /** Where it applies, in words, for example `Repositories with a package manifest`. */
  readonly appliesTo: string;
  readonly scope: TargetScope;
  /** Default weight in the score. */
  readonly weight: number;
  /**
   * What else is known by it: with `pipelines`, CI is defined where it passes or
   * warns, so that nothing is merged there by itself before CI said how it did.
   */
  readonly tells?: 'pipelines';
  /** Facts it needs. */
  readonly facts: F;
  /** Parameters with their defaults; config is parsed with it at start. Strict: an unknown key is an error. */
  readonly parameters: z.ZodType<P>;
  evaluate(input: {
    facts: CheckFacts<F>;
    parameters: P;
    /** The time of the evaluation. */
    now: Date;
  }): CheckResult;
}

/** @public */
export function createCheck<
  F extends Record<string, FactRef<any>>,
  P extends Record<string, unknown>,
>(check: Check<F, P>): Check<F, P> {
  return check;
}
