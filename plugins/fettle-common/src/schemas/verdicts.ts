import { z } from 'zod';

/**
 * What a check says about a repository.
 *
 * `unknown` means that the facts are missing, forbidden or unreadable. It is
 * never shown as zero and never counted as good.
 *
 * @public
 */
export const verdictStatusSchema = z.enum([
  'pass',
  'warn',
  'fail',
  'unknown',
  'not-applicable',
]);

/** @public */
export type VerdictStatus = z.infer<typeof verdictStatusSchema>;

/**
 * One place that a verdict rests on.
 *
 * @public
 */
export const evidenceSchema = z.object({
  /** What was seen there, one sentence. */
  message: z.string(),
  /** Path inside the repository, `/` between parts, without a leading `/`. */
  path: z.string().optional(),
  /** First line is 1. */
  line: z.number().int().positive().optional(),
  /** The same place on the host, when the host has pages. */
  url: z.string().optional(),
});

/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * Where a check looks: once for the whole repository, or once for the root and
 * each subpath that backs a catalog entity.
 *
 * @public
 */
export const targetScopeSchema = z.enum(['repository', 'path']);

/** @public */
export type TargetScope = z.infer<typeof targetScopeSchema>;

/**
 * The description of a check, as its author wrote it and config adjusted it.
 *
 * @public
 */
export const checkDescriptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string(),
  /** Why it matters, one or two sentences. */
  why: z.string(),
  /** How to put it right, in the imperative. */
  fix: z.string(),
  /** Where it applies, in words. */
  appliesTo: z.string(),
  scope: targetScopeSchema,
  /** Share in the score relative to other checks; 0 shows the verdict without scoring it. */
  weight: z.number().min(0),
  /** Parameters in force, defaults included. */
  parameters: z.record(z.string(), z.unknown()),
});

/** @public */
export type CheckDescription = z.infer<typeof checkDescriptionSchema>;

/**
 * A verdict with all that a reader needs to act on it.
 *
 * @public
 */
export const verdictSchema = z.object({
  check: checkDescriptionSchema,
  status: verdictStatusSchema,
  /** The verdict in one sentence, with its numbers. */
  message: z.string(),
  evidence: z.array(evidenceSchema),
  /** Evidence beyond the stored limit, as a count. */
  moreEvidence: z.number().int().min(0),
  /** When the status became what it is. ISO 8601, UTC. */
  since: z.string(),
  /** ISO 8601, UTC. */
  evaluatedAt: z.string(),
  /** The commit that was judged; null where the repository has none. */
  commit: z.string().nullable(),
  /** Points out of 100 that this verdict brings to the score. */
  points: z.number(),
  /** Points out of 100 that a pass would add. */
  worth: z.number(),
});

/** @public */
export type Verdict = z.infer<typeof verdictSchema>;
