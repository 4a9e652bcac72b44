import type {
  JobReport,
  ReportedRepository,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { isOver, stateOf } from './states';
import { latestOf, timeOf } from './times';

const text = z.string().nullish();

/** A pipeline, in lists and by itself; the second tells more. */
export const pipelineSchema = z.object({
  id: z.number(),
  iid: z.number().nullish(),
  project_id: z.number().nullish(),
  status: text,
  source: text,
  ref: text,
  sha: text,
  name: text,
  web_url: text,
  created_at: text,
  updated_at: text,
  before_sha: text,
  tag: z.boolean().nullish(),
  user: z.object({ username: text }).nullish(),
  started_at: text,
  finished_at: text,
});
export type Pipeline = z.output<typeof pipelineSchema>;

/** A job of a pipeline, or one that starts another pipeline. */
export const jobSchema = z.object({
  id: z.number(),
  name: z.string(),
  status: text,
  created_at: text,
  started_at: text,
  finished_at: text,
  web_url: text,
  runner: z.object({ description: text }).nullish(),
  commit: z
    .object({ id: text, message: text, created_at: text, committed_date: text })
    .nullish(),
});
export type Job = z.output<typeof jobSchema>;

export const clip = (value: string | null | undefined, most: number) =>
  value?.slice(0, most) || undefined;
export const link = (value: string | null | undefined) =>
  value && value.length <= 2000 && /^https?:\/\//.test(value)
    ? value
    : undefined;
/** The id of a commit; zeros stand for none. */
export const sha = (value: string | null | undefined) =>
  value && /^[0-9a-f]{7,64}$/.test(value) && /[^0]/.test(value)
    ? value
    : undefined;
export const subjectOf = (message: string | null | undefined) =>
  clip(message?.split('\n')[0].trim(), 200);

/** A host has one pipeline for a repository; those that it starts are told apart. */
export function pipelineOf(source: string | null | undefined) {
  return source === 'parent_pipeline'
    ? { id: 'child', name: 'Child pipelines' }
    : { id: 'pipeline', name: 'Pipeline' };
}

/**
 * A pipeline for a merge request is not of the branch that the request is for,
 * and one of a tag of none. Lists do not tell branches from tags.
 */
export function branchOf(pipeline: {
  ref?: string | null;
  tag?: boolean | null;
  request?: number | null;
}): string | undefined {
  const { ref, tag } = pipeline;
  const [, number] = /^refs\/merge-requests\/(\d+)\//.exec(ref ?? '') ?? [];
  const request = number ?? pipeline.request;
  if (request) return `!${request}`;
  return tag === false ? clip(ref, 300) : undefined;
}

/** Jobs that are tried again are so within their pipeline, which then goes on. */
export function toRunReport(
  pipeline: Pipeline,
  repository: ReportedRepository,
): RunReport {
  const state = stateOf(pipeline.status);
  return {
    repository,
    pipeline: pipelineOf(pipeline.source),
    runId: String(pipeline.id),
    attempt: 1,
    at: latestOf(pipeline.updated_at ?? pipeline.created_at),
    mayReopen: true,
    ...state,
    number: clip(String(pipeline.iid ?? pipeline.id), 100),
    title: clip(pipeline.name, 500),
    branch: branchOf(pipeline),
    commit: sha(pipeline.sha),
    before: sha(pipeline.before_sha),
    actor: clip(pipeline.user?.username, 300),
    event: clip(pipeline.source, 100),
    queuedAt: timeOf(pipeline.created_at),
    startedAt: timeOf(pipeline.started_at),
    finishedAt: isOver(state.state) ? timeOf(pipeline.finished_at) : undefined,
    webUrl: link(pipeline.web_url),
  };
}

/** `logged`: whether it is one that writes a log. */
export function toJobReport(
  job: Omit<Job, 'commit'>,
  { logged }: { logged: boolean },
): JobReport {
  const state = stateOf(job.status);
  const started = timeOf(job.started_at);
  return {
    id: String(job.id),
    name: clip(job.name, 300) ?? String(job.id),
    at: latestOf(job.created_at, job.started_at, job.finished_at),
    ...state,
    queuedAt: timeOf(job.created_at),
    startedAt: started,
    finishedAt: isOver(state.state) ? timeOf(job.finished_at) : undefined,
    runner: clip(job.runner?.description, 300),
    webUrl: link(job.web_url),
    hasLog: logged && started !== undefined,
  };
}
