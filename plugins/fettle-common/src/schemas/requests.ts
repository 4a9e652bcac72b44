import { z } from 'zod';
import { oneOrMore } from './oneOrMore';
import {
  entityHealthSchema,
  historyPointSchema,
  repositoryStateSchema,
  repositorySummarySchema,
  scoreLevelSchema,
} from './repositories';
import { checkDescriptionSchema, verdictStatusSchema } from './verdicts';

/**
 * Query of `GET /repositories`. Repeat a filter to allow several values.
 *
 * @public
 */
export const repositoryQuerySchema = z.object({
  /** Entity refs of owners. */
  owner: oneOrMore(z.string().min(1).max(300)).optional(),
  /** Entity refs of systems. */
  system: oneOrMore(z.string().min(1).max(300)).optional(),
  state: oneOrMore(repositoryStateSchema).optional(),
  level: oneOrMore(scoreLevelSchema).optional(),
  /** Only repositories in which this check has one of `status` (default: `fail`). */
  check: z.string().min(1).max(100).optional(),
  status: oneOrMore(verdictStatusSchema).optional(),
  scoreMin: z.coerce.number().min(0).max(100).optional(),
  scoreMax: z.coerce.number().min(0).max(100).optional(),
  /** Matches names, case-insensitively. */
  search: z.string().max(200).optional(),
  sort: z.enum(['score', 'name', 'changed', 'owner', 'state']).default('score'),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** From `nextCursor` of the page before; belongs to one sort and order. */
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type RepositoryQuery = z.infer<typeof repositoryQuerySchema>;

/** @public */
export const repositoryPageSchema = z.object({
  items: z.array(repositorySummarySchema),
  nextCursor: z.string().nullable(),
  /** Rows that match the filter and that the reader may see. */
  total: z.number().int(),
  /** The revision this page was read at. */
  revision: z.number().int(),
});

/** @public */
export type RepositoryPage = z.infer<typeof repositoryPageSchema>;

/**
 * Query of `GET /changes`.
 *
 * @public
 */
export const changesQuerySchema = z.object({
  since: z.coerce.number().int().min(0),
  /** Only this repository. */
  repository: z.string().min(1).max(64).optional(),
  /** Of what: repositories (the default), their runs, their findings, deliveries, hosts and feeds, or what playbooks, campaigns and standards do. */
  of: z
    .enum(['repositories', 'runs', 'findings', 'sources', 'automation'])
    .default('repositories'),
});

/** @public */
export const changesSchema = z.object({
  /** The newest revision; ask from here next time. */
  revision: z.number().int(),
  /** Repositories changed since, as they are now. */
  items: z.array(repositorySummarySchema),
  /**
   * True where `items` do not tell it all (repositories were removed, entities
   * changed hands, too many changes to list): load anew.
   */
  reset: z.boolean(),
  /** Whether anything changed of what was asked for, where that is not repositories: load it anew. */
  changed: z.boolean(),
});

/** @public */
export type Changes = z.infer<typeof changesSchema>;

/**
 * Query of `GET /repositories/:id`: which folder of it.
 *
 * @public
 */
export const targetQuerySchema = z.object({
  subpath: z.string().max(500).default(''),
});

/** @public */
export const historyQuerySchema = targetQuerySchema.extend({
  days: z.coerce.number().int().min(1).max(400).default(90),
});

/**
 * One change of a repository's score, state or verdicts.
 *
 * @public
 */
export const activityItemSchema = z.object({
  repositoryId: z.string(),
  name: z.string(),
  subpath: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  commit: z.string().nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  verdicts: z.array(
    z.object({
      checkId: z.string(),
      title: z.string(),
      /** Null where the check is new. */
      from: verdictStatusSchema.nullable(),
      to: verdictStatusSchema,
    }),
  ),
});

/** @public */
export type ActivityItem = z.infer<typeof activityItemSchema>;

/** @public */
export const historySchema = z.object({
  /** One point a day, oldest first. */
  days: z.array(historyPointSchema),
  /** Every change, newest first, at most 200. */
  changes: z.array(activityItemSchema),
});

/** @public */
export type History = z.infer<typeof historySchema>;

/** @public */
export const activityQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** @public */
export const activitySchema = z.object({
  items: z.array(activityItemSchema),
  revision: z.number().int(),
});

/** @public */
export type Activity = z.infer<typeof activitySchema>;

const facetSchema = z.object({
  value: z.string(),
  count: z.number().int(),
});

/**
 * The fleet in numbers, over the rows that the reader may see.
 *
 * @public
 */
export const fleetSchema = z.object({
  total: z.number().int(),
  /** Median of the known scores. */
  median: z.number().nullable(),
  /** Difference to the median of seven days ago, over repositories with both. */
  trend: z.number().nullable(),
  states: z.record(repositoryStateSchema, z.number().int()),
  levels: z.record(scoreLevelSchema, z.number().int()),
  owners: z.array(facetSchema),
  systems: z.array(facetSchema),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      fail: z.number().int(),
      warn: z.number().int(),
      unknown: z.number().int(),
    }),
  ),
  /** Entities whose annotation names no repository that can be read. */
  problems: z.array(entityHealthSchema),
  revision: z.number().int(),
});

/** @public */
export type Fleet = z.infer<typeof fleetSchema>;

/** @public */
export const checksSchema = z.object({
  items: z.array(checkDescriptionSchema),
});

/**
 * Body of `POST /push`: a remote was pushed to.
 *
 * @public
 */
export const pushSchema = z.object({
  remote: z.string().min(1).max(2000),
});

/** @public */
export const acceptedSchema = z.object({
  accepted: z.literal(true),
  repositoryId: z.string(),
});

/** @public */
export type Accepted = z.infer<typeof acceptedSchema>;
