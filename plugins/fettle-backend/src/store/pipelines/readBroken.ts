import type { Knex } from 'knex';
import { dialectOf, type Sql } from '../Dialect';

/** A pipeline whose last decided run on the default branch failed. */
export interface Broken {
  repositoryId: string;
  pipelineId: string;
  /** When the first run failed after the last that succeeded. */
  since: string;
  /** Failed runs since then. */
  failures: number;
  /** `runs.id` of the newest failed run. */
  newest: string;
  /** `runs.id` of the first of them. */
  first: string;
}

interface DecidedRow {
  id: string;
  repository_id: string;
  pipeline_id: string;
  state: string;
  sort_at: string;
  attempt: number;
  finished_at: string | null;
}

/** What is broken among many repositories, most recently broken first. */
export async function readBroken(knex: Knex, within: Sql): Promise<Broken[]> {
  // The last success and the last failure tell most pipelines apart, and an
  // index holds all it takes; only of the red ones rows are read.
  const rows: DecidedRow[] = await knex
    .with('good', lastOf(knex, 'succeeded', within))
    .with('bad', lastOf(knex, 'failed', within))
    .from('bad')
    .leftJoin('good', {
      'good.repository_id': 'bad.repository_id',
      'good.pipeline_id': 'bad.pipeline_id',
    })
    .join('runs as r', {
      'r.repository_id': 'bad.repository_id',
      'r.pipeline_id': 'bad.pipeline_id',
    })
    .where('r.default_branch', 1)
    .whereIn('r.state', ['succeeded', 'failed'])
    .whereRaw(
      `bad.sort_at >= coalesce(good.sort_at, '') and r.sort_at >= coalesce(good.sort_at, '')`,
    )
    .select(
      ...['r.id', 'r.repository_id', 'r.pipeline_id', 'r.state'],
      ...['r.sort_at', 'r.attempt', 'r.finished_at'],
    );
  const pipelines = new Map<string, DecidedRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.repository_id, row.pipeline_id]);
    const known = pipelines.get(key);
    if (known) known.push(row);
    else pipelines.set(key, [row]);
  }
  return [...pipelines.values()]
    .flatMap(toBroken)
    .sort((a, b) => compare(b.since, a.since) || compare(a.newest, b.newest));
}

function lastOf(knex: Knex, state: string, within: Sql) {
  return knex('runs')
    .where({ default_branch: 1, state })
    .whereRaw(within.sql, within.bindings)
    .groupBy('repository_id', 'pipeline_id')
    .select('repository_id', 'pipeline_id')
    .max({ sort_at: 'sort_at' });
}

/** Runs with the same place in time are told apart as lists tell them apart. */
function toBroken(rows: DecidedRow[]): Broken[] {
  rows.sort(
    (a, b) =>
      compare(b.sort_at, a.sort_at) ||
      b.attempt - a.attempt ||
      compare(b.id, a.id),
  );
  const good = rows.findIndex(({ state }) => state === 'succeeded');
  const series = good === -1 ? rows : rows.slice(0, good);
  if (series.length === 0) return [];
  const [newest] = series;
  const first = series[series.length - 1];
  return [
    {
      repositoryId: newest.repository_id,
      pipelineId: newest.pipeline_id,
      since: first.finished_at ?? first.sort_at,
      failures: series.length,
      newest: newest.id,
      first: first.id,
    },
  ];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What a list shows of some runs, by their ids. */
export async function readRunBriefs(knex: Knex, ids: readonly string[]) {
  const these = dialectOf(knex).oneOf('id', ids);
  const rows: {
    id: string;
    pipeline_name: string;
    commit: string | null;
    commit_subject: string | null;
    actor: string | null;
  }[] = await knex('runs')
    .whereRaw(these.sql, these.bindings)
    .select('id', 'pipeline_name', 'commit', 'commit_subject', 'actor');
  return new Map(rows.map(row => [row.id, row]));
}
