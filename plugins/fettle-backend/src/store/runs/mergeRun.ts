import { isFinished, type RunState } from 'backstage-plugin-fettle-common';
import type { RunReport } from 'backstage-plugin-fettle-node';
import type { RunRow } from './rows';
import { between, standsOver, utc } from './stateOrder';

/** An unfinished run of which nothing is heard for this long is in doubt. */
const DOUBT_MS = 2 * 60_000;
/** A host's clock may be ahead of the portal's by this much before its times are not trusted for order. */
const AHEAD_MS = 60_000;

/** What a run belongs to, beside what its report says. */
export interface RunContext {
  id: string;
  repositoryId: string;
  sourceId: string;
  /** Of the repository; null where that is not known. */
  defaultBranch: string | null;
  now: Date;
}

/**
 * A run after one more report. Reports may come late, twice and in any order:
 * the state of the one that stands over the others remains, what a standing
 * report leaves out stays, and a report that does not stand only fills gaps.
 */
export function mergeRun(
  stored: RunRow | undefined,
  report: RunReport,
  context: RunContext,
): RunRow {
  const base = stored ?? newRun(report, context);
  const state = report.state ?? stateOfJobs(report);
  const at = report.state ? utc(report.at) : null;
  const stands =
    state !== undefined &&
    (!stored ||
      standsOver(
        { state, at },
        { state: base.state as RunState, at: base.at },
        report.mayReopen,
      ));
  const given = fieldsOf(report);
  const merged: RunRow = { ...base };
  for (const name of Object.keys(given) as (keyof typeof given)[]) {
    const value = given[name];
    if (value === null) continue;
    if (stands || merged[name] === null)
      Object.assign(merged, { [name]: value });
  }
  if (stands) {
    // A report about jobs may not know which pipeline they belong to.
    if (report.state) merged.pipeline_id = report.pipeline.id;
    merged.state = state;
    merged.host_state = report.state
      ? report.hostState ?? null
      : base.host_state;
    merged.at = at;
    if (state !== base.state) merged.requested = null;
  }
  if (!isFinished(merged.state as RunState)) merged.finished_at = null;
  return settle(merged, context);
}

function newRun(report: RunReport, context: RunContext): RunRow {
  const now = context.now.toISOString();
  return {
    id: context.id,
    repository_id: context.repositoryId,
    source_id: context.sourceId,
    run_id: report.runId,
    attempt: report.attempt ?? 1,
    pipeline_id: report.pipeline.id,
    pipeline_name: report.pipeline.name ?? report.pipeline.id,
    number: null,
    title: null,
    // A run that is known by its jobs alone has at least been asked for.
    state: report.state ?? stateOfJobs(report) ?? 'queued',
    host_state: null,
    at: null,
    branch: null,
    default_branch: 0,
    commit: null,
    before_commit: null,
    commit_subject: null,
    committed_at: null,
    actor: null,
    event: null,
    queued_at: null,
    started_at: null,
    finished_at: null,
    queue_ms: null,
    duration_ms: null,
    web_url: null,
    jobs: '[]',
    job_count: 0,
    subpaths: null,
    requested: null,
    seen_at: now,
    changed_at: now,
    sort_at: now,
    doubt_at: null,
    revision: 0,
  };
}

/** A job that runs says that its run does; jobs never say that a run has ended. */
function stateOfJobs({ jobs = [] }: RunReport): RunState | undefined {
  const begun = jobs.some(
    ({ state }) => state === 'running' || isFinished(state),
  );
  return begun ? 'running' : undefined;
}

function fieldsOf(report: RunReport) {
  return {
    pipeline_name: report.pipeline.name ?? null,
    number: report.number ?? null,
    title: report.title ?? null,
    branch: report.branch ?? null,
    commit: report.commit ?? null,
    before_commit: report.before ?? null,
    commit_subject: report.commitSubject ?? null,
    committed_at: utc(report.committedAt),
    actor: report.actor ?? null,
    event: report.event ?? null,
    queued_at: utc(report.queuedAt),
    started_at: utc(report.startedAt),
    finished_at: utc(report.finishedAt),
    web_url: report.webUrl ?? null,
  };
}

function settle(run: RunRow, { defaultBranch, now }: RunContext): RunRow {
  const finished = isFinished(run.state as RunState);
  const known = run.queued_at ?? run.started_at ?? run.seen_at;
  const latest = new Date(Date.parse(run.seen_at) + AHEAD_MS).toISOString();
  return {
    ...run,
    default_branch: run.branch !== null && run.branch === defaultBranch ? 1 : 0,
    queue_ms: between(run.queued_at, run.started_at),
    duration_ms: between(run.started_at, run.finished_at),
    sort_at: known > latest ? run.seen_at : known,
    doubt_at: finished
      ? null
      : new Date(now.getTime() + DOUBT_MS).toISOString(),
  };
}
