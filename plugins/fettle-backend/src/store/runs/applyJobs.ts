import type { JobBrief, RunState } from 'backstage-plugin-fettle-common';
import type { JobReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { upsertRows } from '../writeRows';
import { mergeJob } from './mergeJob';
import { RUN_JOBS, type JobRow, type RunRow } from './rows';

/** What was said of the jobs of one run. */
export interface JobsTold {
  reports: JobReport[];
  /** They are all there are. */
  all: boolean;
  mayReopen: boolean;
}

const MOST_BRIEFS = 8;

/**
 * Merges reports into jobs and writes those that differ.
 *
 * @returns for each run of which a job changed, what its row shows of its jobs
 */
export async function applyJobs(
  trx: Knex.Transaction,
  told: ReadonlyMap<string, JobsTold>,
): Promise<Map<string, Pick<RunRow, 'jobs' | 'job_count'>>> {
  if (told.size === 0) return new Map();
  const stored = await load(trx, told);
  const next = await nextPositions(trx, told);
  const changed = new Map<string, JobRow>();
  const runs = new Set<string>();
  for (const [run, { reports, mayReopen }] of told) {
    for (const report of reports) {
      const place = `${run}\0${report.id}`;
      const was = changed.get(place) ?? stored.get(place);
      const position = was?.position ?? next.get(run) ?? 0;
      if (!was) next.set(run, position + 1);
      const job = mergeJob(was, report, { run, position, mayReopen });
      if (was && JSON.stringify(was) === JSON.stringify(job)) continue;
      changed.set(place, job);
      runs.add(run);
    }
  }
  await upsertRows(trx, RUN_JOBS, [...changed.values()]);
  for (const [run, { reports, all }] of told) {
    if (!all) continue;
    const kept = dialectOf(trx).oneOf(
      'job_id',
      reports.map(({ id }) => id),
    );
    const dropped = await trx('run_jobs')
      .where({ run })
      .whereRaw(`not (${kept.sql})`, kept.bindings)
      .delete();
    if (dropped > 0) runs.add(run);
  }
  return writeBriefs(trx, runs);
}

async function load(
  trx: Knex,
  told: ReadonlyMap<string, JobsTold>,
): Promise<Map<string, JobRow>> {
  const { oneOf } = dialectOf(trx);
  const runs = oneOf('run', told.keys());
  const ids = oneOf(
    'job_id',
    new Set(
      [...told.values()].flatMap(({ reports }) => reports.map(({ id }) => id)),
    ),
  );
  const rows: JobRow[] = await trx('run_jobs').whereRaw(
    `${runs.sql} and ${ids.sql}`,
    [...runs.bindings, ...ids.bindings],
  );
  return new Map(rows.map(row => [`${row.run}\0${row.job_id}`, row]));
}

async function nextPositions(
  trx: Knex,
  told: ReadonlyMap<string, JobsTold>,
): Promise<Map<string, number>> {
  const runs = dialectOf(trx).oneOf('run', told.keys());
  const rows: { run: string; last: number }[] = await trx('run_jobs')
    .whereRaw(runs.sql, runs.bindings)
    .groupBy('run')
    .select('run')
    .max({ last: 'position' });
  return new Map(rows.map(({ run, last }) => [run, Number(last) + 1]));
}

async function writeBriefs(
  trx: Knex,
  runs: ReadonlySet<string>,
): Promise<Map<string, Pick<RunRow, 'jobs' | 'job_count'>>> {
  const briefs = new Map<string, Pick<RunRow, 'jobs' | 'job_count'>>();
  if (runs.size === 0) return briefs;
  const these = dialectOf(trx).oneOf('run', runs);
  const rows: (JobRow & { jobs_of_run: number })[] = await trx
    .select('*')
    .from(
      trx('run_jobs')
        .whereRaw(these.sql, these.bindings)
        .select(
          'run',
          'job_id',
          'name',
          'state',
          'started_at',
          'finished_at',
          'position',
          trx.raw('count(*) over (partition by "run") as jobs_of_run'),
          trx.raw(
            `row_number() over (partition by "run" order by case "state"
               when 'failed' then 0 when 'running' then 1 else 2 end, "position") as place`,
          ),
        )
        .as('ranked'),
    )
    .where('place', '<=', MOST_BRIEFS)
    .orderBy([{ column: 'run' }, { column: 'place' }]);
  const byRun = new Map<string, typeof rows>();
  for (const row of rows)
    byRun.set(row.run, [...(byRun.get(row.run) ?? []), row]);
  for (const run of runs) {
    const jobs = byRun.get(run) ?? [];
    const brief = {
      jobs: JSON.stringify(jobs.map(toBrief)),
      job_count: Number(jobs[0]?.jobs_of_run ?? 0),
    };
    briefs.set(run, brief);
    await trx('runs').where({ id: run }).update(brief);
  }
  return briefs;
}

function toBrief(row: JobRow): JobBrief {
  return {
    id: row.job_id,
    name: row.name,
    state: row.state as RunState,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
