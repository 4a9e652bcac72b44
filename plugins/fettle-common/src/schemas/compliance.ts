import { z } from 'zod';

/**
 * How a repository stands against a control.
 *
 * - `met`: everything that the control rests on passes or is kept.
 * - `not-met`: something of it does not.
 * - `unknown`: something of it is not known. Never counted as met.
 * - `not-applicable`: it is not about this repository.
 * - `not-seen`: nothing that is installed can tell. Never counted as met.
 *
 * @public
 */
export const controlStatusSchema = z.enum([
  'met',
  'not-met',
  'unknown',
  'not-applicable',
  'not-seen',
]);

/** @public */
export type ControlStatus = z.infer<typeof controlStatusSchema>;

/** What a control rests on: a check or a policy, by its id. @public */
export const controlRestSchema = z.union([
  z.strictObject({ check: z.string().min(1) }),
  z.strictObject({
    policy: z.string().min(1),
    /** How a repository stands that its scope leaves out: `not-seen` where the scope asks what a source can tell. Default: `not-applicable`. */
    outOfScope: z.enum(['not-applicable', 'not-seen']).optional(),
  }),
]);

/** @public */
export type ControlRest = z.infer<typeof controlRestSchema>;

/** @public */
export const controlSchema = z.object({
  /** As the framework numbers or names it. */
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(300),
  /** All of them are needed; without any, the control is not seen. */
  rests: z.array(controlRestSchema).max(20).default([]),
  /** What of the control cannot be seen from here, in a sentence. */
  unseen: z.string().max(1000).nullable().default(null),
});

/** @public */
export type Control = z.infer<typeof controlSchema>;

/** A framework without its controls. @public */
export const frameworkSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Of the framework that it follows. */
  version: z.string().nullable(),
  /** Where it is published. */
  source: z.string().nullable(),
  /** Whether it ships with Fettle. */
  builtIn: z.boolean(),
});

/** @public */
export type Framework = z.infer<typeof frameworkSchema>;

/** Pairs of a repository and a control, by how they stand. @public */
export const controlCountsSchema = z.object({
  met: z.number().int(),
  notMet: z.number().int(),
  unknown: z.number().int(),
  notApplicable: z.number().int(),
  notSeen: z.number().int(),
});

/** @public */
export type ControlCounts = z.infer<typeof controlCountsSchema>;

/** Answer of `GET /compliance`. @public */
export const complianceSchema = z.object({
  items: z.array(
    z.object({ framework: frameworkSchema, counts: controlCountsSchema }),
  ),
  /** When the newest of what is counted was put together; ISO 8601. */
  at: z.string(),
  revision: z.number().int(),
});

/** @public */
export type Compliance = z.infer<typeof complianceSchema>;

/** Query of `GET /compliance/:framework`. @public */
export const frameworkQuerySchema = z.object({
  /** Only what belongs to this owner. */
  owner: z.string().max(300).optional(),
  days: z.coerce.number().int().min(1).max(400).default(90),
});

/** @public */
export type FrameworkQuery = z.infer<typeof frameworkQuerySchema>;

/** Answer of `GET /compliance/:framework`. @public */
export const frameworkStandingSchema = z.object({
  framework: frameworkSchema,
  counts: controlCountsSchema,
  controls: z.array(
    z.object({ control: controlSchema, counts: controlCountsSchema }),
  ),
  owners: z.array(
    z.object({
      owner: z.string().nullable(),
      repositories: z.number().int(),
      counts: controlCountsSchema,
    }),
  ),
  /** At the last count of each day, oldest first; null where the reader may not see all that was counted. */
  days: z
    .array(z.object({ day: z.string(), counts: controlCountsSchema }))
    .nullable(),
  can: z.object({ exportEvidence: z.boolean() }),
  at: z.string(),
  revision: z.number().int(),
});

/** @public */
export type FrameworkStanding = z.infer<typeof frameworkStandingSchema>;

/** Query of `GET /compliance/:framework/repositories`. @public */
export const controlRepositoriesQuerySchema = z.object({
  control: z.string().min(1).max(100),
  owner: z.string().max(300).optional(),
});

/** Answer of `GET /compliance/:framework/repositories`: those that do not meet a control, or of which it is not known. @public */
export const controlRepositoriesSchema = z.object({
  /** `not-met` first, then by name; at most 100. */
  items: z.array(
    z.object({
      repositoryId: z.string(),
      repository: z.string(),
      entityRef: z.string().nullable(),
      owner: z.string().nullable(),
      status: controlStatusSchema,
    }),
  ),
  /** Of all, those left out. */
  more: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type ControlRepositories = z.infer<typeof controlRepositoriesSchema>;

/** Query of `GET /compliance/:framework/evidence`. @public */
export const evidenceQuerySchema = z
  .object({
    /** First day, YYYY-MM-DD in UTC. */
    from: z.iso.date(),
    /** Last day. */
    to: z.iso.date(),
    owner: z.string().max(300).optional(),
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'The period ends before it begins.',
  });

/** @public */
export type EvidenceQuery = z.infer<typeof evidenceQuerySchema>;

/**
 * The share of controls that are met among those that are known to apply or may
 * do: met / (met + not met + unknown); null where there is none. What is not
 * known counts as not met.
 *
 * @public
 */
export function complianceShare(counts: ControlCounts): number | null {
  const { met, notMet, unknown } = counts;
  const all = met + notMet + unknown;
  return all === 0 ? null : met / all;
}
