import { z } from 'zod';
import { runSchema, runStateSchema } from './runs';

/**
 * One number with what it rests on. Times are in ms, shares from 0 to 1.
 *
 * @public
 */
export const metricSchema = z.object({
  /** Null where it is not known; `note` then says why. */
  value: z.number().nullable(),
  unit: z.enum(['share', 'ms', 'per-day']),
  /** How many runs, commits or deployments it was computed from. */
  sample: z.number().int(),
  /** Why there is no value ("not enough data"), or what limits it. */
  note: z.string().nullable(),
});

/** @public */
export type Metric = z.infer<typeof metricSchema>;

/**
 * Metrics of delivery over the last `days`. `docs/metrics.md` has each
 * definition with its source.
 *
 * @public
 */
export const pipelineMetricsSchema = z.object({
  days: z.number().int(),
  /** Runs that finished in that time; `truncated` when only the newest were looked at. */
  runs: z.number().int(),
  truncated: z.boolean(),
  successRate: metricSchema,
  durationP50: metricSchema,
  durationP95: metricSchema,
  queueP50: metricSchema,
  queueP95: metricSchema,
  /** Share of commits that both failed and succeeded in the same pipeline. */
  flakiness: metricSchema,
  /** Median time from the first failure on the default branch to the next success. */
  timeToGreen: metricSchema,
  deploymentFrequency: metricSchema,
  leadTime: metricSchema,
  changeFailureRate: metricSchema,
  timeToRestore: metricSchema,
});

/** @public */
export type PipelineMetrics = z.infer<typeof pipelineMetricsSchema>;

/** Names of the metrics in {@link PipelineMetrics}. @public */
export const METRIC_NAMES = [
  'successRate',
  'durationP50',
  'durationP95',
  'queueP50',
  'queueP95',
  'flakiness',
  'timeToGreen',
  'deploymentFrequency',
  'leadTime',
  'changeFailureRate',
  'timeToRestore',
] as const;

/** @public */
export type MetricName = (typeof METRIC_NAMES)[number];

/** One day of one pipeline, of a repository or of a fleet. @public */
export const pipelineDaySchema = z.object({
  /** `2026-11-23`, UTC. */
  day: z.string(),
  runs: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  durationP50: z.number().nullable(),
  durationP95: z.number().nullable(),
  queueP50: z.number().nullable(),
});

/** @public */
export type PipelineDay = z.infer<typeof pipelineDaySchema>;

/** A pipeline of a repository, as it stands. @public */
export const pipelineSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The last finished or unfinished run on the default branch; null where there is none. */
  latest: z
    .object({
      runId: z.string(),
      state: runStateSchema,
      at: z.string(),
      commit: z.string().nullable(),
    })
    .nullable(),
  /** Of the last finished run on the default branch that succeeded or failed: null where none is known. */
  green: z.boolean().nullable(),
  /** Since when it is (not) green; of a red one, the first failure after the last success. */
  greenSince: z.string().nullable(),
  /** The last 20 finished runs on the default branch, oldest first. */
  recent: z.array(
    z.object({
      runId: z.string(),
      state: runStateSchema,
      durationMs: z.number().nullable(),
    }),
  ),
  metrics: pipelineMetricsSchema,
});

/** @public */
export type PipelineSummary = z.infer<typeof pipelineSummarySchema>;

/** Where a repository's runs come from. @public */
export const runSourceStatusSchema = z.object({
  source: z.string(),
  /** `connected`: deliveries or reconciliation brought runs; `silent`: it could, and nothing came yet; `failing`: see reason. */
  state: z.enum(['connected', 'silent', 'failing']),
  lastHeardAt: z.string().nullable(),
  reason: z
    .object({ code: z.string(), message: z.string(), action: z.string() })
    .nullable(),
});

/** @public */
export type RunSourceStatus = z.infer<typeof runSourceStatusSchema>;

/** Query of `GET /repositories/:id/pipelines`. @public */
export const pipelinesQuerySchema = z.object({
  subpath: z.string().max(500).default(''),
  days: z.coerce.number().int().min(1).max(90).default(30),
});

/** `GET /repositories/:id/pipelines`. @public */
export const repositoryPipelinesSchema = z.object({
  repositoryId: z.string(),
  name: z.string(),
  webUrl: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  /** Worst of its pipelines on the default branch; null where none has finished. */
  green: z.boolean().nullable(),
  greenSince: z.string().nullable(),
  pipelines: z.array(pipelineSummarySchema),
  /** Over all of them. */
  metrics: pipelineMetricsSchema,
  /** One a day, oldest first. */
  days: z.array(pipelineDaySchema),
  /** What the filters can choose from, most recently used first, at most 100 each. */
  branches: z.array(z.string()),
  events: z.array(z.string()),
  sources: z.array(runSourceStatusSchema),
  revision: z.number().int(),
});

/** @public */
export type RepositoryPipelines = z.infer<typeof repositoryPipelinesSchema>;

/** A pipeline in a list of the fleet. @public */
export const fleetPipelineSchema = z.object({
  repositoryId: z.string(),
  repositoryName: z.string(),
  /** An entity of it that the reader may see, to link to. */
  entityRef: z.string().nullable(),
  owner: z.string().nullable(),
  pipeline: z.object({ id: z.string(), name: z.string() }),
  metrics: pipelineMetricsSchema.pick({
    runs: true,
    successRate: true,
    durationP50: true,
    durationP95: true,
    queueP50: true,
    flakiness: true,
  }),
});

/** @public */
export type FleetPipeline = z.infer<typeof fleetPipelineSchema>;

/** A pipeline that is red on a default branch. @public */
export const brokenPipelineSchema = z.object({
  repositoryId: z.string(),
  repositoryName: z.string(),
  entityRef: z.string().nullable(),
  owner: z.string().nullable(),
  pipeline: z.object({ id: z.string(), name: z.string() }),
  /** The first run that failed after the last that succeeded. */
  since: z.string(),
  /** Failed runs since then. */
  failures: z.number().int(),
  commit: z.string().nullable(),
  commitSubject: z.string().nullable(),
  actor: z.string().nullable(),
  /** The newest failed run. */
  runId: z.string(),
  /** The run that broke it: the first that failed after the last success. */
  first: z.object({
    runId: z.string(),
    commit: z.string().nullable(),
    commitSubject: z.string().nullable(),
    actor: z.string().nullable(),
  }),
});

/** @public */
export type BrokenPipeline = z.infer<typeof brokenPipelineSchema>;

/** Query of `GET /pipelines`. @public */
export const fleetPipelinesQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(90).default(7),
  owner: z.string().min(1).max(300).optional(),
});

/** `GET /pipelines`: the whole fleet, as far as the reader may see it. @public */
export const fleetPipelinesSchema = z.object({
  /** Not finished, newest first, at most 100; `runningTotal` counts all. */
  running: z.array(
    runSchema.extend({
      repositoryName: z.string(),
      /** An entity of its repository that the reader may see, to link to. */
      entityRef: z.string().nullable(),
    }),
  ),
  runningTotal: z.number().int(),
  /** Red on a default branch, most recently broken first, at most 200. */
  broken: z.array(brokenPipelineSchema),
  brokenTotal: z.number().int(),
  /** At most 20 each; of pipelines with enough runs. */
  slowest: z.array(fleetPipelineSchema),
  flakiest: z.array(fleetPipelineSchema),
  longestQueues: z.array(fleetPipelineSchema),
  /** By owner; `owner` null are repositories that nobody owns. */
  owners: z.array(
    z.object({
      owner: z.string().nullable(),
      repositories: z.number().int(),
      broken: z.number().int(),
      metrics: pipelineMetricsSchema,
    }),
  ),
  metrics: pipelineMetricsSchema,
  days: z.array(pipelineDaySchema),
  /** Repositories of which no run is known. */
  withoutRuns: z.number().int(),
  repositories: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type FleetPipelines = z.infer<typeof fleetPipelinesSchema>;
