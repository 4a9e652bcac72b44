import type { JobBrief, Run, RunState } from 'backstage-plugin-fettle-common';
import type { RunRow } from './rows';

/** A stored run as the API shows it; what depends on the reader or on other runs is filled in later. */
export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    repositoryId: row.repository_id,
    source: row.source_id,
    pipeline: { id: row.pipeline_id, name: row.pipeline_name },
    runId: row.run_id,
    attempt: row.attempt,
    number: row.number,
    title: row.title,
    state: row.state as RunState,
    hostState: row.host_state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    branch: row.branch,
    defaultBranch: row.default_branch === 1,
    commit: row.commit,
    commitSubject: row.commit_subject,
    actor: row.actor,
    event: row.event,
    queuedAt: row.queued_at,
    seenAt: row.seen_at,
    usualMs: null,
    webUrl: row.web_url,
    subpaths: row.subpaths === null ? null : JSON.parse(row.subpaths),
    jobs: JSON.parse(row.jobs) as JobBrief[],
    jobCount: row.job_count,
    can: { rerun: false, rerunFailed: false, cancel: false },
    requested: row.requested as Run['requested'],
    // PostgreSQL gives 64-bit numbers as text.
    revision: Number(row.revision),
  };
}
