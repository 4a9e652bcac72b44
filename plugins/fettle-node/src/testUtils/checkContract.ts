import {
  evidenceSchema,
  verdictStatusSchema,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import type { Check, CheckFacts } from '../contracts/Check';
import type { FactRef } from '../contracts/FactCollector';

const resultSchema = z.strictObject({
  status: verdictStatusSchema,
  message: z.string().min(1).max(500),
  evidence: z.array(evidenceSchema).optional(),
});

/**
 * What every check must keep. Call it at the top of a test file, with facts
 * that between them bring out the verdicts that the check can give.
 *
 * @public
 */
export function checkContract<
  F extends Record<string, FactRef<any>>,
  P extends Record<string, unknown>,
>(
  check: Check<F, P>,
  options: {
    /** At least one set of facts, each fit for the schemas of the check's facts. */
    facts: CheckFacts<F>[];
    now?: Date;
  },
): void {
  const { facts: samples, now = new Date('2026-06-01T12:00:00Z') } = options;
  const judge = (facts: CheckFacts<F>) =>
    check.evaluate({ facts, parameters: check.parameters.parse({}), now });

  describe(`the check '${check.id}' keeps the contract`, () => {
    it('says what it is, why it matters and how to put it right', () => {
      expect(check.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      for (const text of [check.title, check.group, check.appliesTo]) {
        expect(text.trim().length).toBeGreaterThan(0);
      }
      for (const text of [check.why, check.fix]) {
        expect(text).toMatch(/^[A-Z].*[.)]$/s);
      }
      expect(check.weight).toBeGreaterThanOrEqual(0);
    });

    it('has a default for every parameter and refuses unknown ones', () => {
      const defaults = check.parameters.parse({});
      expect(JSON.parse(JSON.stringify(defaults))).toEqual(defaults);
      expect(check.parameters.safeParse({ 'no such key': 1 }).success).toBe(
        false,
      );
    });

    it('gives well-formed verdicts', () => {
      expect(samples.length).toBeGreaterThan(0);
      for (const facts of samples) {
        for (const [name, ref] of Object.entries(check.facts)) {
          ref.schema.parse(facts[name]);
        }
        const { evidence = [] } = resultSchema.parse(judge(facts));
        for (const { path } of evidence) {
          expect(path ?? 'x').not.toMatch(/^\/|^$/);
        }
      }
    });

    it('is pure', () => {
      for (const facts of samples) {
        const frozen = freeze(structuredClone(facts));
        expect(judge(frozen)).toEqual(judge(frozen));
      }
    });
  });
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
