import { z } from 'zod';
import { severitySchema } from './findings';
import { reasonSchema } from './repositories';

/**
 * What follows from a violation. Each level includes those before it.
 *
 * - `observe`: it is shown.
 * - `notify`: the owner is told, once for each violation.
 * - `propose`: a change that puts it right is proposed.
 * - `enforce`: the gate fails.
 *
 * @public
 */
export const policyLevelSchema = z.enum([
  'observe',
  'notify',
  'propose',
  'enforce',
]);

/** @public */
export type PolicyLevel = z.infer<typeof policyLevelSchema>;

/**
 * How a repository stands against a policy.
 *
 * - `kept`: everything that the policy reads is known, and its condition holds.
 * - `violated`: its condition does not hold.
 * - `error`: its condition could not be evaluated. It counts as not kept.
 * - `unknown`: what it reads is not known. Never shown or counted as kept.
 *
 * @public
 */
export const policyStatusSchema = z.enum([
  'kept',
  'violated',
  'error',
  'unknown',
]);

/** @public */
export type PolicyStatus = z.infer<typeof policyStatusSchema>;

/** What a policy's condition can read. @public */
export const policyInputSchema = z.enum([
  'repository',
  'entities',
  'verdicts',
  'components',
  'findings',
  'now',
]);

/** @public */
export type PolicyInput = z.infer<typeof policyInputSchema>;

/** Which repositories a policy is about: those that fit each part that is given. @public */
export const policyScopeSchema = z.object({
  /** Entity refs; one of them owns an entity of the repository. */
  owners: z.array(z.string().min(1).max(300)).max(500).default([]),
  /** Entity refs; an entity of the repository belongs to one of them. */
  systems: z.array(z.string().min(1).max(300)).max(500).default([]),
  /** Names of repositories; `*` stands for any part of a name. */
  repositories: z.array(z.string().min(1).max(300)).max(500).default([]),
  /** CEL over `repository`, `entities` and `now`. */
  when: z.string().max(4000).nullable().default(null),
});

/** @public */
export type PolicyScope = z.infer<typeof policyScopeSchema>;

/** @public */
export const policySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** CEL; true where the repository keeps the policy. */
  condition: z.string(),
  scope: policyScopeSchema,
  severity: severitySchema,
  level: policyLevelSchema,
  /** What to do, in plain text. */
  message: z.string(),
  /** Whether it ships with Fettle; config may have changed parts of it. */
  builtIn: z.boolean(),
  reads: z.array(policyInputSchema),
});

/** @public */
export type Policy = z.infer<typeof policySchema>;

/** Repositories in a policy's scope, by how they stand. @public */
export const policyCountsSchema = z.object({
  kept: z.number().int(),
  violated: z.number().int(),
  error: z.number().int(),
  unknown: z.number().int(),
});

/** @public */
export type PolicyCounts = z.infer<typeof policyCountsSchema>;

/** Answer of `GET /policies`. @public */
export const policiesSchema = z.object({
  /** In the order of their ids. */
  items: z.array(
    z.object({ policy: policySchema, counts: policyCountsSchema }),
  ),
  /** What the reader may do. */
  can: z.object({ replay: z.boolean() }),
  revision: z.number().int(),
});

/** @public */
export type Policies = z.infer<typeof policiesSchema>;

/** What a result rests on, of one kind of input. @public */
export const policyRestSchema = z.object({
  input: policyInputSchema,
  /** How many there were to look at. */
  of: z.number().int(),
  /** How many of them break the policy; null where the condition does not single them out. */
  offending: z.number().int().nullable(),
  /** The first of those, at most 20 (5,000 at the gate): ids of findings and checks, `ecosystem:name@version` of components. */
  first: z.array(z.string()),
});

/** @public */
export type PolicyRest = z.infer<typeof policyRestSchema>;

/** How one repository stands against one policy. @public */
export const policyResultSchema = z.object({
  policy: policySchema,
  status: policyStatusSchema,
  /** In one sentence. */
  message: z.string(),
  /** Why it is `error` or `unknown`. */
  reason: reasonSchema.nullable(),
  /** What may be missing from what the result rests on, one sentence each. */
  caveats: z.array(z.string()),
  rests: z.array(policyRestSchema),
  /** When the status became what it is. */
  since: z.string(),
  evaluatedAt: z.string(),
  /** The head of the repository at that time. */
  commit: z.string().nullable(),
});

/** @public */
export type PolicyResult = z.infer<typeof policyResultSchema>;

/** Answer of `GET /repositories/:id/policies`. @public */
export const repositoryPoliciesSchema = z.object({
  /** What is not kept comes first, the most severe on top. */
  items: z.array(policyResultSchema),
  /** Newest first, at most 100. */
  history: z.array(
    z.object({
      policyId: z.string(),
      at: z.string(),
      /** Null where the policy is new to the repository. */
      from: policyStatusSchema.nullable(),
      /** Null where the policy is gone, or the repository out of its scope. */
      to: policyStatusSchema.nullable(),
      message: z.string(),
      commit: z.string().nullable(),
    }),
  ),
  revision: z.number().int(),
});

/** @public */
export type RepositoryPolicies = z.infer<typeof repositoryPoliciesSchema>;

/** Body of `POST /policies/replay`. @public */
export const policyReplaySchema = z.object({
  policy: z.object({
    condition: z.string().trim().min(1).max(4000),
    scope: policyScopeSchema.prefault({}),
  }),
  /** How many days back, today included. */
  days: z.number().int().min(1).max(90).default(30),
});

/** @public */
export type PolicyReplay = z.infer<typeof policyReplaySchema>;

/** What a draft policy would have done. @public */
export const policyReplayedSchema = z.object({
  /** Over the repositories in scope that the reader may see. */
  today: policyCountsSchema,
  outOfScope: z.number().int(),
  /** Those that do not keep it today, longest first; at most 500. */
  repositories: z.array(
    z.object({
      repositoryId: z.string(),
      repository: z.string(),
      owners: z.array(z.string()),
      status: policyStatusSchema.exclude(['kept']),
      message: z.string(),
      reason: reasonSchema.nullable(),
      rests: z.array(policyRestSchema),
      /** The first day (YYYY-MM-DD, UTC) from which on it never kept the policy; null for `unknown`. */
      since: z.string().nullable(),
      /** It stood so on the first day of the replay already. */
      orLonger: z.boolean(),
    }),
  ),
  /** Of `repositories`, those left out. */
  more: z.number().int(),
  /** At the end of each day, oldest first, over the repositories that were read by then. */
  days: z.array(policyCountsSchema.extend({ day: z.string() })),
  /** What has no history and was taken as it is today, one sentence each. */
  asToday: z.array(z.string()),
  reads: z.array(policyInputSchema),
});

/** @public */
export type PolicyReplayed = z.infer<typeof policyReplayedSchema>;

/** Query of `POST /repositories/:id/gate`. @public */
export const gateQuerySchema = z.object({
  /** The same as the `Accept` header `application/sarif+json`. */
  format: z.enum(['json', 'sarif']).optional(),
});

/** Body of `POST /repositories/:id/gate`. @public */
export const gateBodySchema = z
  .object({
    /** The whole id of a commit. Default: the one that was scanned last. */
    commit: z
      .string()
      .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'Not the whole id of a commit.')
      .optional(),
  })
  .prefault({});

/** One policy that is not kept, as a gate tells of it. @public */
export const gateReasonSchema = z.object({
  policyId: z.string(),
  title: z.string(),
  severity: severitySchema,
  level: policyLevelSchema,
  status: policyStatusSchema.exclude(['kept']),
  message: z.string(),
  reason: reasonSchema.nullable(),
  rests: z.array(policyRestSchema),
  /** Whether the gate counts it: only policies at the level `enforce` do. */
  counts: z.boolean(),
});

/** @public */
export type GateReason = z.infer<typeof gateReasonSchema>;

/**
 * Answer of `POST /repositories/:id/gate`: `fail` where a policy at the level
 * `enforce` is violated or could not be evaluated, `unknown` where one of them
 * is, or where the commit was not scanned.
 *
 * @public
 */
export const gateSchema = z.object({
  answer: z.enum(['pass', 'fail', 'unknown']),
  /** The commit that was judged; null where there is none. */
  commit: z.string().nullable(),
  /** Why the answer is `unknown`, and what to do. */
  reason: reasonSchema.nullable(),
  /** Those that count come first. */
  reasons: z.array(gateReasonSchema),
});

/** @public */
export type Gate = z.infer<typeof gateSchema>;

/**
 * Topic of the domain event for each change of a repository's status against a
 * policy, with a {@link PolicyChangedEvent} as its payload.
 *
 * @public
 */
export const POLICY_CHANGED_TOPIC = 'fettle.policy.changed';

/** @public */
export const policyChangedEventSchema = z.object({
  repositoryId: z.string(),
  repository: z.string(),
  policyId: z.string(),
  title: z.string(),
  severity: severitySchema,
  level: policyLevelSchema,
  /** Null where the policy is new to the repository. */
  from: policyStatusSchema.nullable(),
  to: policyStatusSchema,
  message: z.string(),
  commit: z.string().nullable(),
  revision: z.number().int(),
});

/** @public */
export type PolicyChangedEvent = z.infer<typeof policyChangedEventSchema>;
