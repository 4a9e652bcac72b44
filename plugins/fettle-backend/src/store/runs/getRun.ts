import type { Job, RunDetails, RunState } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { visibleRepository } from '../query/visible';
import { readRevisions } from '../revisions';
import type { JobRow, RunRow } from './rows';
import type { StoredRun } from './RunStore';
import { toRun } from './toRun';

/** One run, if the reader may see its repository. */
export async function getRun(
  knex: Knex,
  id: string,
  visibility: Visibility,
): Promise<StoredRun | undefined> {
  const visible = visibleRepository(knex, 'runs.repository_id', visibility);
  const row: RunRow | undefined = await knex('runs')
    .where({ id })
    .whereRaw(visible.sql, visible.bindings)
    .first('*');
  if (!row) return undefined;
  return {
    run: toRun(row),
    sourceId: row.source_id,
    ref: {
      runId: row.run_id,
      attempt: row.attempt,
      pipelineId: row.pipeline_id,
    },
  };
}

/** A run with some of its jobs and with its other attempts. */
export async function getRunDetails(
  knex: Knex,
  { run }: StoredRun,
  page: { offset: number; limit: number },
): Promise<RunDetails> {
  const { value: revision } = await readRevisions(knex);
  const [jobs, attempts]: [JobRow[], RunRow[]] = await Promise.all([
    knex('run_jobs')
      .where({ run: run.id })
      .orderBy('position')
      .offset(page.offset)
      .limit(page.limit)
      .select('*'),
    knex('runs')
      .where({
        repository_id: run.repositoryId,
        source_id: run.source,
        run_id: run.runId,
      })
      .orderBy('attempt')
      .select('id', 'attempt', 'state'),
  ]);
  return {
    run,
    jobs: jobs.map(toJob),
    attempts: attempts.map(({ id, attempt, state }) => ({
      ...{ id, attempt },
      state: state as RunState,
    })),
    revision,
  };
}

function toJob(row: JobRow): Job {
  return {
    id: row.job_id,
    name: row.name,
    state: row.state as RunState,
    hostState: row.host_state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    queuedAt: row.queued_at,
    runner: row.runner,
    webUrl: row.web_url,
    steps: JSON.parse(row.steps),
    hasLog: row.has_log === 1,
  };
}
