import { z } from 'zod';
import { oneOrMore } from './oneOrMore';

/**
 * Where a run, job or step stands. `unknown` is a word of the host's that
 * Fettle does not know; it is kept beside as `hostState`, and is neither
 * finished nor good.
 *
 * @public
 */
export const runStateSchema = z.enum([
  'queued',
  /** For a person, a time or an environment. */
  'waiting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
  'unknown',
]);

/** @public */
export type RunState = z.infer<typeof runStateSchema>;

/**
 * Whether nothing more is expected of a run, job or step in this state.
 *
 * @public
 */
export function isFinished(state: RunState): boolean {
  return (
    state === 'succeeded' ||
    state === 'failed' ||
    state === 'cancelled' ||
    state === 'skipped'
  );
}

/** ISO 8601, UTC, by the clock of the host. */
const time = z.string().nullable();

const progress = {
  state: runStateSchema,
  /** The host's own word, where `state` does not say it all. */
  hostState: z.string().nullable(),
  startedAt: time,
  finishedAt: time,
};

/** @public */
export const stepSchema = z.object({
  number: z.number().int(),
  name: z.string(),
  ...progress,
});

/** @public */
export type Step = z.infer<typeof stepSchema>;

/** A job as a row of its run shows it. @public */
export const jobBriefSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: runStateSchema,
  startedAt: time,
  finishedAt: time,
});

/** @public */
export type JobBrief = z.infer<typeof jobBriefSchema>;

/** @public */
export const jobSchema = z.object({
  /** The host's id of the job. */
  id: z.string(),
  name: z.string(),
  ...progress,
  queuedAt: time,
  runner: z.string().nullable(),
  webUrl: z.string().nullable(),
  /** At most 200. */
  steps: z.array(stepSchema),
  /** Whether the tail of its log can be asked for. */
  hasLog: z.boolean(),
});

/** @public */
export type Job = z.infer<typeof jobSchema>;

/**
 * One attempt at executing a pipeline. A rerun is a row of its own with the
 * next `attempt`, where the host counts attempts.
 *
 * @public
 */
export const runSchema = z.object({
  /** 16 hex digits, derived from source, repository, host's id and attempt. */
  id: z.string(),
  repositoryId: z.string(),
  /** Id of the source that told of it. */
  source: z.string(),
  pipeline: z.object({ id: z.string(), name: z.string() }),
  /** The host's id of the run. */
  runId: z.string(),
  attempt: z.number().int(),
  /** As people call it on the host, for example `482`. */
  number: z.string().nullable(),
  title: z.string().nullable(),
  ...progress,
  branch: z.string().nullable(),
  /** Whether `branch` is the repository's default branch; false where that is not known. */
  defaultBranch: z.boolean(),
  commit: z.string().nullable(),
  /** First line of the commit's message. */
  commitSubject: z.string().nullable(),
  actor: z.string().nullable(),
  /** In the host's words, for example `push`. */
  event: z.string().nullable(),
  queuedAt: time,
  /** When Fettle first heard of it, ISO 8601, UTC; its place in lists where the host gives no time. */
  seenAt: z.string(),
  /** Median duration in ms of the last 20 runs of the pipeline that succeeded; null below three. */
  usualMs: z.number().nullable(),
  webUrl: z.string().nullable(),
  /** The folders of the repository that it touched, among those that back an entity; null where that is not known. */
  subpaths: z.array(z.string()).nullable(),
  /** At most 8: the failed, then the running ones, then the rest in their order. */
  jobs: z.array(jobBriefSchema),
  jobCount: z.number().int(),
  /** What the reader may ask for now: permission, state and host allow it. */
  can: z.object({
    rerun: z.boolean(),
    /** Rerun of the failed jobs only. */
    rerunFailed: z.boolean(),
    cancel: z.boolean(),
  }),
  /** Asked for by a person and not yet reported by the host. */
  requested: z.enum(['rerun', 'cancel']).nullable(),
  revision: z.number().int(),
});

/** @public */
export type Run = z.infer<typeof runSchema>;

/**
 * Query of `GET /repositories/:id/runs`. Repeat a filter to allow several values.
 *
 * @public
 */
export const runQuerySchema = z.object({
  /** Only runs that touched this folder, and those of which it is not known. */
  subpath: z.string().max(500).default(''),
  branch: oneOrMore(z.string().min(1).max(300)).optional(),
  pipeline: oneOrMore(z.string().min(1).max(300)).optional(),
  state: oneOrMore(runStateSchema).optional(),
  event: oneOrMore(z.string().min(1).max(100)).optional(),
  /** Only runs changed after this revision, at most 200, else `reset`. */
  since: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type RunQuery = z.infer<typeof runQuerySchema>;

/** @public */
export const runPageSchema = z.object({
  /** Newest first. */
  items: z.array(runSchema),
  nextCursor: z.string().nullable(),
  /** The revision this page was read at. */
  revision: z.number().int(),
  /** With `since`: the items do not tell it all; load anew. */
  reset: z.boolean(),
});

/** @public */
export type RunPage = z.infer<typeof runPageSchema>;

/** Query of `GET /runs/:id`. @public */
export const runDetailsQuerySchema = z.object({
  /** Jobs from this position on. */
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** @public */
export const runDetailsSchema = z.object({
  run: runSchema,
  /** In the order of the host; `run.jobCount` says how many there are. */
  jobs: z.array(jobSchema),
  /** Every attempt at this run that is known, first to last. */
  attempts: z.array(
    z.object({
      id: z.string(),
      attempt: z.number().int(),
      state: runStateSchema,
    }),
  ),
  revision: z.number().int(),
});

/** @public */
export type RunDetails = z.infer<typeof runDetailsSchema>;

/** The end of a job's log. @public */
export const logTailSchema = z.object({
  /** At most 64 KiB of text, without control sequences, ending where the log ends. */
  text: z.string(),
  /** Whether there is more before it. */
  truncated: z.boolean(),
  webUrl: z.string().nullable(),
});

/** @public */
export type LogTail = z.infer<typeof logTailSchema>;

/** Body of `POST /runs/:id/rerun`. @public */
export const rerunSchema = z.object({
  /** Only the jobs that failed, and those that depend on them. */
  failedOnly: z.boolean().default(false),
});

/** @public */
export const runAcceptedSchema = z.object({
  accepted: z.literal(true),
  runId: z.string(),
});

/** @public */
export type RunAccepted = z.infer<typeof runAcceptedSchema>;
