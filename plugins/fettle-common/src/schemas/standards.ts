import { z } from 'zod';
import { policyScopeSchema } from './policies';
import { fileDiffSchema } from './plans';
import { reasonSchema } from './repositories';

/** How a file of a standard is brought into a repository. @public */
export const mergeStrategySchema = z.enum([
  'replace',
  'create-only',
  'ensure-lines',
  'managed-block',
  'merge-json',
  'merge-yaml',
  'merge-toml',
  'three-way',
]);

/** @public */
export type MergeStrategy = z.infer<typeof mergeStrategySchema>;

/**
 * How a repository stands against a standard. `unknown` where that could not be
 * found out, `exempt` where a person opted it out.
 *
 * @public
 */
export const driftStateSchema = z.enum([
  'follows',
  'drifted',
  'unknown',
  'exempt',
]);

/** @public */
export type DriftState = z.infer<typeof driftStateSchema>;

/** @public */
export const standardSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  scope: policyScopeSchema,
  files: z.array(z.object({ path: z.string(), strategy: mergeStrategySchema })),
  /** Names of the settings that it is about. */
  settings: z.array(z.string()),
  origin: z.object({
    kind: z.enum(['built-in', 'config', 'repository']),
    repository: z.string().nullable(),
    path: z.string().nullable(),
    commit: z.string().nullable(),
  }),
});

/** @public */
export type Standard = z.infer<typeof standardSchema>;

/** @public */
export const driftCountsSchema = z.object({
  follows: z.number().int(),
  drifted: z.number().int(),
  unknown: z.number().int(),
  exempt: z.number().int(),
});

/** @public */
export type DriftCounts = z.infer<typeof driftCountsSchema>;

/** Answer of `GET /standards`. @public */
export const standardsSchema = z.object({
  items: z.array(
    z.object({
      standard: standardSchema,
      counts: driftCountsSchema,
      /** Repositories by the version that was last applied; `none` for never. */
      versions: z.record(z.string(), z.number().int()),
    }),
  ),
  problems: z.array(
    z.object({
      repository: z.string(),
      path: z.string(),
      line: z.number().int().nullable(),
      reason: reasonSchema,
    }),
  ),
  revision: z.number().int(),
});

/** @public */
export type Standards = z.infer<typeof standardsSchema>;

/** A repository that need not follow a standard. @public */
export const optOutSchema = z.object({
  reason: z.string(),
  actor: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});

/** @public */
export type OptOut = z.infer<typeof optOutSchema>;

/** How one repository stands against one standard. @public */
export const driftSchema = z.object({
  repositoryId: z.string(),
  repository: z.string(),
  entityRef: z.string().nullable(),
  standardId: z.string(),
  standardTitle: z.string(),
  version: z.string(),
  /** Last applied; null for never. */
  appliedVersion: z.string().nullable(),
  state: driftStateSchema,
  reason: reasonSchema.nullable(),
  /** What would be changed. */
  files: z.array(fileDiffSchema),
  settings: z.array(
    z.object({ name: z.string(), is: z.unknown(), should: z.unknown() }),
  ),
  optOut: optOutSchema.nullable(),
  checkedAt: z.string(),
  commit: z.string().nullable(),
});

/** @public */
export type Drift = z.infer<typeof driftSchema>;

/** Answer of `GET /repositories/:id/standards`. @public */
export const repositoryStandardsSchema = z.object({
  items: z.array(driftSchema),
  can: z.object({ optOut: z.boolean(), plan: z.boolean() }),
  revision: z.number().int(),
});

/** @public */
export type RepositoryStandards = z.infer<typeof repositoryStandardsSchema>;

/** Query of `GET /standards/:id`. @public */
export const driftQuerySchema = z.object({
  state: driftStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type DriftQuery = z.infer<typeof driftQuerySchema>;

/** Answer of `GET /standards/:id`: drifts without their diffs. @public */
export const driftPageSchema = z.object({
  standard: standardSchema,
  counts: driftCountsSchema,
  items: z.array(driftSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type DriftPage = z.infer<typeof driftPageSchema>;

/** Body of `POST /repositories/:id/standards/:standard/opt-out`; without `expiresAt` it ends the one there is. @public */
export const optOutRequestSchema = z.object({
  reason: z.string().trim().min(3).max(2000),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

/** @public */
export type OptOutRequest = z.infer<typeof optOutRequestSchema>;

/** Answer of `POST /repositories/:id/standards/:standard/opt-out`. @public */
export const optOutAcceptedSchema = z.object({
  standardId: z.string(),
  repositoryId: z.string(),
});

/** @public */
export type OptOutAccepted = z.infer<typeof optOutAcceptedSchema>;
