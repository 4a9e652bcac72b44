import type {
  JobReport,
  ReportedRepository,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { clip, link, repositorySchema, sha } from './reports';
import { stateOfWord } from './states';
import { timeOf } from './times';

const text = z.string().nullish();

/** A run of Forgejo, in webhooks and in the API alike. */
export const forgejoRunSchema = z.object({
  id: z.number(),
  index_in_repo: z.number(),
  workflow_id: z.string().min(1),
  title: text,
  prettyref: text,
  commit_sha: text,
  event: text,
  /** JSON: what the run was begun with. */
  event_payload: text,
  trigger_event: text,
  trigger_user: z.object({ login: text }).nullish(),
  status: text,
  need_approval: z.boolean().nullish(),
  created: text,
  updated: text,
  started: text,
  stopped: text,
  html_url: text,
  repository: repositorySchema.nullish(),
});
export type ForgejoRun = z.output<typeof forgejoRunSchema>;

/** A job of a run of Forgejo. It tells no times and no steps. */
export const forgejoJobSchema = z.object({
  id: z.number(),
  name: z.string(),
  status: text,
});

/** The part of a push that is read from what a run was begun with. */
const pushSchema = z.object({
  ref: text,
  before: text,
  head_commit: z.object({ message: text, timestamp: text }).nullish(),
});

/** Forgejo counts no attempts: a run that is begun again is the same run. */
export function toForgejoRunReport(
  run: ForgejoRun,
  repository: ReportedRepository,
): RunReport {
  const push = pushOf(run.event_payload);
  const done = timeOf(run.stopped);
  const state = stateOfWord(run.status, run.need_approval ?? false);
  const before = sha(push.before);
  return {
    repository,
    pipeline: {
      id: run.workflow_id.slice(0, 300),
      name: run.workflow_id.slice(0, 300),
    },
    runId: String(run.id),
    attempt: 1,
    at: timeOf(run.updated),
    mayReopen: true,
    ...state,
    number: String(run.index_in_repo),
    title: clip(run.title, 500),
    branch: branchOf(run, push.ref),
    commit: sha(run.commit_sha),
    before: before && /[^0]/.test(before) ? before : undefined,
    commitSubject: clip(push.head_commit?.message?.split('\n')[0], 200),
    committedAt: timeOf(push.head_commit?.timestamp),
    actor: clip(run.trigger_user?.login, 300),
    event: clip(run.trigger_event || run.event, 100),
    queuedAt: timeOf(run.created),
    startedAt: timeOf(run.started),
    finishedAt: isOver(state.state) ? done : undefined,
    webUrl: link(run.html_url),
  };
}

export function toForgejoJobReport(
  job: z.output<typeof forgejoJobSchema>,
  position: number,
  run: ForgejoRun,
): JobReport {
  const { state, hostState } = stateOfWord(job.status);
  return {
    id: String(job.id),
    name: clip(job.name, 300) ?? String(job.id),
    at: timeOf(run.updated),
    ...{ state, hostState },
    webUrl: link(run.html_url && `${run.html_url}/jobs/${position}`),
    hasLog: isOver(state) && state !== 'skipped',
  };
}

function isOver(state: string): boolean {
  return ['succeeded', 'failed', 'cancelled', 'skipped'].includes(state);
}

/** A tag is shown like a branch; only the push tells them apart. */
function branchOf(
  { trigger_event: event, prettyref }: ForgejoRun,
  ref: string | null | undefined,
): string | undefined {
  const tag = ref?.startsWith('refs/tags/');
  return tag || event === 'pull_request_target'
    ? undefined
    : clip(prettyref, 300);
}

function pushOf(payload: string | null | undefined) {
  try {
    return pushSchema.catch({}).parse(JSON.parse(payload || '{}'));
  } catch {
    // It is a courtesy of the host's: the run is known without it.
    return {};
  }
}
