import type {
  ReportedRepository,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import {
  branchOf,
  clip,
  link,
  pipelineOf,
  sha,
  subjectOf,
  toJobReport,
} from '../reports';
import { isOver, stateOf } from '../states';
import { latestOf, timeOf } from '../times';

const text = z.string().nullish();
const runner = z.object({ description: text }).nullish();

/** The part of a repository that is read. */
export const projectSchema = z.object({
  id: z.number(),
  path_with_namespace: z.string().min(1),
  web_url: z.string().min(1),
});

/** The body of a pipeline's webhook. */
export const pipelineEventSchema = z.object({
  object_attributes: z.object({
    id: z.number(),
    iid: z.number().nullish(),
    name: text,
    ref: text,
    tag: z.boolean().nullish(),
    sha: text,
    before_sha: text,
    source: text,
    status: text,
    created_at: text,
    finished_at: text,
    url: text,
  }),
  merge_request: z.object({ iid: z.number() }).nullish(),
  user: z.object({ username: text }).nullish(),
  project: projectSchema,
  commit: z.object({ message: text, timestamp: text }).nullish(),
  builds: z
    .array(
      z.object({
        id: z.number(),
        name: z.string(),
        status: text,
        created_at: text,
        started_at: text,
        finished_at: text,
        runner,
      }),
    )
    .nullish(),
});

/** The body of a job's webhook. */
export const jobEventSchema = z.object({
  build_id: z.number(),
  build_name: z.string(),
  build_status: text,
  build_created_at: text,
  build_started_at: text,
  build_finished_at: text,
  pipeline_id: z.number(),
  project: projectSchema,
  source_pipeline: z
    .object({ project: z.object({ id: z.number() }).nullish() })
    .nullish(),
  runner,
});

/** It tells no time at which it was so, only those of what it is made of. */
export function toRunOfEvent(
  event: z.output<typeof pipelineEventSchema>,
  repository: ReportedRepository,
): RunReport {
  const { object_attributes: pipeline, commit, project } = event;
  const builds = event.builds ?? [];
  const state = stateOf(pipeline.status);
  const started = builds.flatMap(job => timeOf(job.started_at) ?? []).sort();
  return {
    repository,
    pipeline: pipelineOf(pipeline.source),
    runId: String(pipeline.id),
    attempt: 1,
    at: latestOf(
      ...[pipeline.created_at, pipeline.finished_at],
      ...builds.flatMap(job => [
        ...[job.created_at, job.started_at, job.finished_at],
      ]),
    ),
    mayReopen: true,
    ...state,
    number: clip(String(pipeline.iid ?? pipeline.id), 100),
    title: clip(pipeline.name, 500) ?? subjectOf(commit?.message),
    branch: branchOf({ ...pipeline, request: event.merge_request?.iid }),
    commit: sha(pipeline.sha),
    before: sha(pipeline.before_sha),
    commitSubject: subjectOf(commit?.message),
    committedAt: timeOf(commit?.timestamp),
    actor: clip(event.user?.username, 300),
    event: clip(pipeline.source, 100),
    queuedAt: timeOf(pipeline.created_at),
    startedAt: started[0],
    finishedAt: isOver(state.state) ? timeOf(pipeline.finished_at) : undefined,
    webUrl: link(
      pipeline.url ?? `${project.web_url}/-/pipelines/${pipeline.id}`,
    ),
    // Without those that start other pipelines, and those that were tried again.
    jobs: builds.map(job =>
      toJobReport(
        { ...job, web_url: `${project.web_url}/-/jobs/${job.id}` },
        { logged: true },
      ),
    ),
  };
}

/** Of its pipeline it tells the id, and whether the repository's own one started it. */
export function toRunOfJob(
  event: z.output<typeof jobEventSchema>,
  repository: ReportedRepository,
): RunReport {
  const { project, source_pipeline: parent } = event;
  const isChild = parent?.project?.id === project.id;
  const job = {
    ...{ id: event.build_id, name: event.build_name },
    status: event.build_status,
    created_at: event.build_created_at,
    started_at: event.build_started_at,
    finished_at: event.build_finished_at,
    runner: event.runner,
    web_url: `${project.web_url}/-/jobs/${event.build_id}`,
  };
  return {
    repository,
    pipeline: pipelineOf(isChild ? 'parent_pipeline' : undefined),
    runId: String(event.pipeline_id),
    attempt: 1,
    mayReopen: true,
    jobs: [toJobReport(job, { logged: true })],
  };
}
