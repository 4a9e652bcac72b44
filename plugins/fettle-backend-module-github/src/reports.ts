import type { JobReport, RunReport } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { stateOf } from './states';

const time = z.string().nullish();
const url = z.string().max(2000).nullish();

/** The part of a repository that is read, in webhooks and in the API alike. */
export const repositorySchema = z.object({
  id: z.number(),
  full_name: z.string().min(1),
  html_url: z.string().min(1),
});

/** A workflow run, in webhooks and in the API alike. */
export const runSchema = z.object({
  id: z.number(),
  name: z.string().nullish(),
  workflow_id: z.number(),
  run_number: z.number(),
  run_attempt: z.number().nullish(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  display_title: z.string().nullish(),
  event: z.string().nullish(),
  head_branch: z.string().nullish(),
  head_sha: z.string().nullish(),
  html_url: url,
  created_at: time,
  updated_at: time,
  run_started_at: time,
  actor: z.object({ login: z.string() }).nullish(),
  triggering_actor: z.object({ login: z.string() }).nullish(),
  head_commit: z
    .object({ message: z.string().nullish(), timestamp: time })
    .nullish(),
  head_repository: z.object({ full_name: z.string().nullish() }).nullish(),
});

/** A job of a run, in webhooks and in the API alike. */
export const jobSchema = z.object({
  id: z.number(),
  run_id: z.number(),
  run_attempt: z.number().nullish(),
  workflow_name: z.string().nullish(),
  name: z.string(),
  head_sha: z.string().nullish(),
  head_branch: z.string().nullish(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  html_url: url,
  created_at: time,
  started_at: time,
  completed_at: time,
  runner_name: z.string().nullish(),
  steps: z
    .array(
      z.object({
        number: z.number().int(),
        name: z.string(),
        status: z.string().nullish(),
        conclusion: z.string().nullish(),
        started_at: time,
        completed_at: time,
      }),
    )
    .nullish(),
});

/** ISO 8601 as hosts write it; undefined for what is no time. */
export function timeOf(value: string | null | undefined): string | undefined {
  if (!value) return undefined;
  const parsed = new Date(value);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
}

const clip = (value: string | null | undefined, most: number) =>
  value?.slice(0, most) || undefined;
const link = (value: string | null | undefined) =>
  value && /^https?:\/\//.test(value) ? value : undefined;
const sha = (value: string | null | undefined) =>
  value && /^[0-9a-f]{7,64}$/.test(value) ? value : undefined;

/** The canonical address of a repository. */
export function remoteOf(repository: { html_url: string }): string {
  return repository.html_url.replace(/\/+$/, '').replace(/\.git$/, '');
}

/**
 * GitHub does not say when a run left its queue: its start is when the attempt
 * was asked for, as its own pages count. The queue times of jobs are known.
 */
export function toRunReport(
  run: z.output<typeof runSchema>,
  repository: z.output<typeof repositorySchema>,
): RunReport {
  const done = run.status === 'completed';
  const fork =
    run.head_repository?.full_name &&
    run.head_repository.full_name !== repository.full_name
      ? `${run.head_repository.full_name.split('/')[0]}:`
      : '';
  return {
    repository: { remote: remoteOf(repository), key: String(repository.id) },
    pipeline: { id: String(run.workflow_id), name: clip(run.name, 300) },
    runId: String(run.id),
    attempt: run.run_attempt ?? 1,
    at: timeOf(run.updated_at),
    ...stateOf(run.status, run.conclusion),
    number: String(run.run_number),
    title: clip(run.display_title, 500),
    branch: run.head_branch
      ? `${fork}${run.head_branch}`.slice(0, 300)
      : undefined,
    commit: sha(run.head_sha),
    commitSubject: clip(run.head_commit?.message?.split('\n')[0], 200),
    committedAt: timeOf(run.head_commit?.timestamp),
    actor: clip(run.triggering_actor?.login ?? run.actor?.login, 300),
    event: clip(run.event, 100),
    startedAt: timeOf(run.run_started_at ?? run.created_at),
    finishedAt: done ? timeOf(run.updated_at) : undefined,
    webUrl: link(run.html_url),
  };
}

export function toJobReport(job: z.output<typeof jobSchema>): JobReport {
  const { completed_at: end, started_at: start, created_at: made } = job;
  const done = job.status === 'completed';
  const waiting = job.status !== 'in_progress' && !done;
  return {
    id: String(job.id),
    name: clip(job.name, 300) ?? String(job.id),
    at: timeOf(end ?? start ?? made),
    ...stateOf(job.status, job.conclusion),
    queuedAt: timeOf(made),
    // Until a runner takes it, it bears the time when it was made.
    startedAt: waiting ? undefined : timeOf(start),
    finishedAt: timeOf(end),
    runner: clip(job.runner_name, 300),
    webUrl: link(job.html_url),
    steps: job.steps?.slice(0, 200).map(step => ({
      number: step.number,
      name: clip(step.name, 300) ?? String(step.number),
      ...stateOf(step.status, step.conclusion),
      startedAt: timeOf(step.started_at),
      finishedAt: timeOf(step.completed_at),
    })),
    hasLog: done && job.conclusion !== 'skipped',
  };
}
