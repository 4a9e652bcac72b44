import type {
  JobReport,
  ReportedRepository,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { stateOf } from './states';
import { timeOf } from './times';

const time = z.string().nullish();
const text = z.string().nullish();
const user = z.object({ login: text }).nullish();

/** The part of a repository that is read, in webhooks and in the API alike. */
export const repositorySchema = z.object({
  id: z.number(),
  full_name: z.string().min(1),
  html_url: z.string().min(1),
});

/** A workflow run of Gitea, in webhooks and in the API alike. */
export const runSchema = z.object({
  id: z.number(),
  run_number: z.number(),
  /** 0 where the host does not count attempts (before 1.27). */
  run_attempt: z.number().nullish(),
  /** The workflow's file and the ref: `ci.yaml@refs/heads/main`. */
  path: z.string(),
  status: text,
  conclusion: text,
  display_title: text,
  event: text,
  head_branch: text,
  head_sha: text,
  html_url: text,
  created_at: time,
  updated_at: time,
  started_at: time,
  completed_at: time,
  actor: user,
  trigger_actor: user,
});
export type HostedRun = z.output<typeof runSchema>;

/** A job of a run of Gitea, in webhooks and in the API alike. */
export const jobSchema = z.object({
  id: z.number(),
  run_id: z.number(),
  run_attempt: z.number().nullish(),
  name: z.string(),
  status: text,
  conclusion: text,
  html_url: text,
  created_at: time,
  started_at: time,
  completed_at: time,
  runner_name: text,
  steps: z
    .array(
      z.object({
        number: z.number().int(),
        name: z.string(),
        status: text,
        conclusion: text,
        started_at: time,
        completed_at: time,
      }),
    )
    .nullish(),
});

export const clip = (value: string | null | undefined, most: number) =>
  value?.slice(0, most) || undefined;
export const link = (value: string | null | undefined) =>
  value && value.length <= 2000 && /^https?:\/\//.test(value)
    ? value
    : undefined;
export const sha = (value: string | null | undefined) =>
  value && /^[0-9a-f]{7,64}$/.test(value) ? value : undefined;

/** The attempt; a host that does not count them runs the first one again. */
export function attemptOf(run: Pick<HostedRun, 'run_attempt'>): number {
  return Math.max(1, run.run_attempt ?? 0);
}

export function toRunReport(
  run: HostedRun,
  repository: ReportedRepository,
  workflowName?: string | null,
): RunReport {
  const [file = '', ...ref] = run.path.split('@');
  const started = timeOf(run.started_at);
  const ended = timeOf(run.completed_at);
  const done = run.status === 'completed';
  const updated = timeOf(run.updated_at);
  return {
    repository,
    pipeline: {
      id: clip(file, 300) ?? 'workflow',
      name: clip(workflowName, 300) ?? clip(file, 300),
    },
    runId: String(run.id),
    attempt: attemptOf(run),
    at:
      updated ?? (done ? ended ?? started : started) ?? timeOf(run.created_at),
    ...(run.run_attempt ? {} : { mayReopen: true }),
    ...stateOf(run.status, run.conclusion),
    number: String(run.run_number),
    title: clip(run.display_title, 500),
    branch: branchOf(run, ref.join('@')),
    commit: sha(run.head_sha),
    actor: clip(run.trigger_actor?.login || run.actor?.login, 300),
    event: clip(run.event, 100),
    queuedAt: timeOf(run.created_at),
    startedAt: started,
    finishedAt: done ? ended : undefined,
    webUrl: link(run.html_url),
  };
}

/**
 * A run for a pull request is not of the branch that it is to go to, though
 * `pull_request_target` names that one.
 */
function branchOf(run: HostedRun, ref: string): string | undefined {
  const [, pull] = /^refs\/pull\/(\d+)\//.exec(ref) ?? [];
  if (pull) return `#${pull}`;
  return run.event === 'pull_request_target' || ref.startsWith('refs/tags/')
    ? undefined
    : clip(run.head_branch, 300);
}

export function toJobReport(job: z.output<typeof jobSchema>): JobReport {
  const [made, start, end] = [
    job.created_at,
    job.started_at,
    job.completed_at,
  ].map(timeOf);
  const done = job.status === 'completed';
  return {
    id: String(job.id),
    name: clip(job.name, 300) ?? String(job.id),
    at: (done ? end : undefined) ?? start ?? made,
    ...stateOf(job.status, job.conclusion),
    queuedAt: made,
    startedAt: start,
    finishedAt: done ? end : undefined,
    runner: clip(job.runner_name, 300),
    webUrl: link(job.html_url),
    steps: job.steps?.slice(0, 200).map(step => ({
      // It counts from 0.
      number: step.number + 1,
      name: clip(step.name, 300) ?? String(step.number + 1),
      ...stateOf(step.status, step.conclusion),
      startedAt: timeOf(step.started_at),
      finishedAt: timeOf(step.completed_at),
    })),
    hasLog: done && job.conclusion !== 'skipped',
  };
}
