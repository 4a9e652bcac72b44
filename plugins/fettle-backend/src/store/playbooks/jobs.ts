import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { JobRow } from '../runs/rows';
import type { FailedJob, JobHistory } from './PlaybookStore';

const MOST_JOBS = 20;
/** Jobs of a name that are looked at for how reliable it is. */
const MOST_EARLIER = 2_000;

/** The jobs that failed in a run. */
export async function failedJobs(
  knex: Knex,
  runRowId: string,
): Promise<FailedJob[]> {
  const rows: Pick<JobRow, 'job_id' | 'name' | 'has_log' | 'steps'>[] =
    await knex('run_jobs')
      .where({ run: runRowId, state: 'failed' })
      .orderBy('position')
      .limit(MOST_JOBS)
      .select('job_id', 'name', 'has_log', 'steps');
  // A driver may bring lists of another realm, which conditions do not take for lists.
  return Array.from(rows, row => ({
    ...{ id: row.job_id, name: row.name, hasLog: row.has_log === 1 },
    step: firstFailed(JSON.parse(row.steps)),
  }));
}

function firstFailed(steps: { name: string; state: string }[]): string | null {
  return steps.find(({ state }) => state === 'failed')?.name ?? null;
}

/** What became of jobs of these names, at this commit and at others. */
export async function jobHistory(
  knex: Knex,
  repositoryId: string,
  of: {
    pipelineId: string;
    commit: string | null;
    jobs: readonly string[];
    since: Date;
  },
): Promise<JobHistory> {
  const named = dialectOf(knex).oneOf('j.name', of.jobs);
  const rows: { name: string; state: string; commit: string | null }[] =
    await knex('runs as r')
      .join('run_jobs as j', 'j.run', 'r.id')
      .where({
        'r.repository_id': repositoryId,
        'r.pipeline_id': of.pipelineId,
      })
      .where('r.sort_at', '>=', of.since.toISOString())
      .whereIn('j.state', ['succeeded', 'failed'])
      .whereRaw(named.sql, named.bindings)
      .orderBy('r.sort_at', 'desc')
      .limit(MOST_EARLIER)
      .select('j.name', 'j.state', 'r.commit');
  const here = rows.filter(
    ({ commit }) => commit !== null && commit === of.commit,
  );
  const states = new Map<string, Set<string>>();
  for (const { name, state, commit } of rows) {
    if (commit === null || commit === of.commit) continue;
    const key = JSON.stringify([name, commit]);
    states.set(key, (states.get(key) ?? new Set()).add(state));
  }
  const flaky = [...states].flatMap(([key, seen]) =>
    seen.size > 1 ? [JSON.parse(key)[0] as string] : [],
  );
  return {
    passedHere: distinct(
      here.flatMap(({ name, state }) => (state === 'succeeded' ? [name] : [])),
    ),
    failedHere: Object.fromEntries(
      of.jobs.map(job => [
        job,
        here.filter(({ name, state }) => name === job && state === 'failed')
          .length,
      ]),
    ),
    flaky: distinct(flaky),
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
