import { z } from 'zod';
import { verdictSchema, verdictStatusSchema } from './verdicts';

/**
 * The state of a repository in Fettle.
 *
 * - `pending`: known, not read yet.
 * - `ready`: read, and the reading is recent.
 * - `empty`: read; it has no commit to judge.
 * - `failing`: the last reading failed; `reason` says why. What was known before stays, dimmed.
 * - `stale`: read once, but the reading is older than `fettle.staleAfter`.
 *
 * @public
 */
export const repositoryStateSchema = z.enum([
  'pending',
  'ready',
  'empty',
  'failing',
  'stale',
]);

/** @public */
export type RepositoryState = z.infer<typeof repositoryStateSchema>;

/**
 * Why something is not as it should be, and what to do.
 *
 * @public
 */
export const reasonSchema = z.object({
  /** Machine-readable, for example `unreachable`, `unauthorized`, `not-found`. */
  code: z.string(),
  /** What happened, to which repository. Never holds a secret. */
  message: z.string(),
  /** What to do, in the imperative. */
  action: z.string(),
});

/** @public */
export type Reason = z.infer<typeof reasonSchema>;

/**
 * `good` from 80, `fair` from 60, `poor` below; `unknown` where nothing is known.
 *
 * @public
 */
export const scoreLevelSchema = z.enum(['good', 'fair', 'poor', 'unknown']);

/** @public */
export type ScoreLevel = z.infer<typeof scoreLevelSchema>;

/** @public */
export const verdictCountsSchema = z.object({
  pass: z.number().int(),
  warn: z.number().int(),
  fail: z.number().int(),
  unknown: z.number().int(),
  notApplicable: z.number().int(),
});

/** @public */
export type VerdictCounts = z.infer<typeof verdictCountsSchema>;

/**
 * A catalog entity that a repository backs.
 *
 * @public
 */
export const entityClaimSchema = z.object({
  entityRef: z.string(),
  /** Folder of the entity inside the repository; `''` is the root. */
  subpath: z.string(),
  /** Entity refs, as in the entity's relations. */
  owner: z.string().nullable(),
  system: z.string().nullable(),
  /** For example: another entity claims the same place. */
  problem: reasonSchema.nullable(),
});

/** @public */
export type EntityClaim = z.infer<typeof entityClaimSchema>;

/**
 * One point of a history: what the score was at a time. `null` is unknown.
 *
 * @public
 */
export const historyPointSchema = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  score: z.number().nullable(),
});

/** @public */
export type HistoryPoint = z.infer<typeof historyPointSchema>;

/**
 * One repository, as lists show it.
 *
 * @public
 */
export const repositorySummarySchema = z.object({
  id: z.string(),
  /** For people, for example `payments/ledger`. */
  name: z.string(),
  host: z.string(),
  /** Canonical remote, without credentials. */
  remote: z.string(),
  webUrl: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  head: z
    .object({
      commit: z.string(),
      /** ISO 8601, UTC. */
      committedAt: z.string(),
      /** First line of the commit message. */
      subject: z.string(),
    })
    .nullable(),
  state: repositoryStateSchema,
  reason: reasonSchema.nullable(),
  /** 0 to 100: what is proved. Null where nothing is known. */
  score: z.number().nullable(),
  /** What the score would be if every unknown verdict turned out a pass. */
  upTo: z.number().nullable(),
  level: scoreLevelSchema,
  /** Change of the score over the last seven days; null where there is no point to compare with. */
  trend: z.number().nullable(),
  counts: verdictCountsSchema,
  /** The verdict that costs most. */
  worst: z
    .object({
      checkId: z.string(),
      title: z.string(),
      status: verdictStatusSchema,
      worth: z.number(),
    })
    .nullable(),
  entities: z.array(entityClaimSchema),
  owner: z.string().nullable(),
  system: z.string().nullable(),
  /** One point a day, oldest first, at most 90; days without a reading are absent. */
  days: z.array(historyPointSchema),
  /** Last successful reading. ISO 8601, UTC. */
  collectedAt: z.string().nullable(),
  /** Last attempt, successful or not. */
  attemptedAt: z.string().nullable(),
  /** When score, state or a verdict last changed. */
  changedAt: z.string(),
  /** The revision that last changed this row. */
  revision: z.number().int(),
});

/** @public */
export type RepositorySummary = z.infer<typeof repositorySummarySchema>;

/**
 * One repository, or one subpath of it, with all that is known.
 *
 * @public
 */
export const repositoryHealthSchema = repositorySummarySchema.extend({
  /** The folder that was judged; `''` is the whole repository. */
  subpath: z.string(),
  verdicts: z.array(verdictSchema),
  groups: z.array(
    z.object({
      group: z.string(),
      score: z.number().nullable(),
      counts: verdictCountsSchema,
    }),
  ),
  /** Seconds after which a reading counts as stale. */
  staleAfterSeconds: z.number(),
  /** Whether the reader may ask for a new reading. */
  mayRefresh: z.boolean(),
  /** Whether a reading is under way. */
  collecting: z.boolean(),
});

/** @public */
export type RepositoryHealth = z.infer<typeof repositoryHealthSchema>;

/**
 * What Fettle knows about a catalog entity: its repository, or why it has none.
 *
 * @public
 */
export const entityHealthSchema = z.object({
  entityRef: z.string(),
  repositoryId: z.string().nullable(),
  subpath: z.string(),
  /** Why there is no repository, or what is wrong with the claim. */
  problem: reasonSchema.nullable(),
});

/** @public */
export type EntityHealth = z.infer<typeof entityHealthSchema>;
