import { isFinished, type RunState } from 'backstage-plugin-fettle-common';
import type { RunReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { applyJobs, type JobsTold } from './applyJobs';
import { mergeRun } from './mergeRun';
import type { Resolver } from './resolveRepositories';
import { RUNS, type RunRow } from './rows';
import { runRowId } from './runRowId';
import type { RunChange, Told } from './RunStore';
import { upsertRows } from '../writeRows';

/** What reports made of runs. Nothing of it has a revision yet. */
export interface RunsApplied {
  /** As they are now, if anything that a reader sees changed. */
  changed: Map<string, RunRow>;
  changes: RunChange[];
  /** Days of which the numbers have to be made anew. */
  days: { repositoryId: string; pipelineId: string; day: string }[];
}

/**
 * Merges reports into runs and their jobs and writes them, with the revision
 * that they had; whoever calls draws the next one and puts it in.
 */
export async function applyRuns(
  trx: Knex.Transaction,
  told: readonly Told[],
  resolver: Resolver,
  now: Date,
): Promise<RunsApplied> {
  const reports = told.flatMap(({ sourceId, runs }) =>
    runs.flatMap(report => {
      const repository = resolver.find(sourceId, report.repository);
      if (!repository) return [];
      const id = runRowId({
        sourceId,
        repositoryId: repository.id,
        runId: report.runId,
        attempt: report.attempt ?? 1,
      });
      return [{ id, sourceId, repository, report }];
    }),
  );
  const before = await loadRuns(
    trx,
    reports.map(({ id }) => id),
  );
  const after = new Map(before);
  const jobs = new Map<string, JobsTold>();
  for (const { id, sourceId, repository, report } of reports) {
    after.set(
      id,
      mergeRun(after.get(id), report, {
        ...{ id, sourceId, now },
        repositoryId: repository.id,
        defaultBranch: repository.default_branch,
      }),
    );
    if (report.jobs) tellJobs(jobs, id, report);
  }
  const written = [...after.values()].filter(run => {
    const was = before.get(run.id);
    return !was || differs(was, run, []);
  });
  await upsertRows(trx, RUNS, written);
  const answered = await forgetRequests(trx, written, before);
  const briefs = await applyJobs(trx, jobs);

  const changed = new Map<string, RunRow>();
  for (const run of after.values()) {
    const brief = briefs.get(run.id);
    const current = brief ? { ...run, ...brief } : run;
    const was = before.get(run.id);
    if (!was || brief || differs(was, run, ['doubt_at'])) {
      changed.set(run.id, current);
    }
  }
  const comparison = compare(before, changed);
  // Readers see that these are no longer waited for.
  for (const run of answered) {
    if (!changed.has(run.id)) changed.set(run.id, run);
  }
  return { changed, ...comparison };
}

async function loadRuns(
  trx: Knex,
  ids: string[],
): Promise<Map<string, RunRow>> {
  if (ids.length === 0) return new Map();
  const these = dialectOf(trx).oneOf('id', new Set(ids));
  const rows: RunRow[] = await trx('runs').whereRaw(these.sql, these.bindings);
  return new Map(rows.map(row => [row.id, row]));
}

function tellJobs(
  jobs: Map<string, JobsTold>,
  run: string,
  report: RunReport,
): void {
  const before = report.allJobs ? undefined : jobs.get(run);
  jobs.set(run, {
    reports: [...(before?.reports ?? []), ...report.jobs!],
    all: report.allJobs ?? before?.all ?? false,
    mayReopen: report.mayReopen ?? false,
  });
}

function differs(
  one: RunRow,
  other: RunRow,
  except: (keyof RunRow)[],
): boolean {
  return (Object.keys(one) as (keyof RunRow)[]).some(
    name => !except.includes(name) && one[name] !== other[name],
  );
}

/** A next attempt answers what was asked of the ones before; gives those. */
async function forgetRequests(
  trx: Knex,
  written: RunRow[],
  before: ReadonlyMap<string, RunRow>,
): Promise<RunRow[]> {
  const answered: RunRow[] = [];
  for (const run of written) {
    if (run.attempt === 1 || before.has(run.id)) continue;
    const asked: RunRow[] = await trx('runs')
      .where({
        repository_id: run.repository_id,
        source_id: run.source_id,
        run_id: run.run_id,
      })
      .where('attempt', '<', run.attempt)
      .whereNotNull('requested');
    if (asked.length === 0) continue;
    const these = dialectOf(trx).oneOf(
      'id',
      asked.map(({ id }) => id),
    );
    await trx('runs')
      .whereRaw(these.sql, these.bindings)
      .update({ requested: null });
    answered.push(...asked.map(row => ({ ...row, requested: null })));
  }
  return answered;
}

function compare(
  before: ReadonlyMap<string, RunRow>,
  after: ReadonlyMap<string, RunRow>,
): Pick<RunsApplied, 'changes' | 'days'> {
  const changes: RunChange[] = [];
  const days = new Map<string, RunsApplied['days'][number]>();
  for (const run of after.values()) {
    const was = before.get(run.id);
    for (const one of [was, run]) {
      if (!one?.finished_at || !isFinished(one.state as RunState)) continue;
      if (was?.finished_at === run.finished_at && was.state === run.state) {
        continue;
      }
      const day = one.finished_at.slice(0, 10);
      const place = {
        repositoryId: one.repository_id,
        pipelineId: one.pipeline_id,
        day,
      };
      days.set(Object.values(place).join('\0'), place);
    }
    if (was?.state === run.state) continue;
    changes.push({
      id: run.id,
      repositoryId: run.repository_id,
      sourceId: run.source_id,
      pipelineId: run.pipeline_id,
      pipelineName: run.pipeline_name,
      branch: run.branch,
      defaultBranch: run.default_branch === 1,
      commit: run.commit,
      beforeCommit: run.before_commit,
      commitSubject: run.commit_subject,
      attempt: run.attempt,
      from: (was?.state as RunState | undefined) ?? null,
      to: run.state as RunState,
    });
  }
  return { changes, days: [...days.values()] };
}
