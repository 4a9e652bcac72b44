import type { RunState } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Sql } from '../Dialect';
import type { RunRow } from '../runs/rows';

/** How a pipeline stands on the default branch. */
export interface Standing {
  repositoryId: string;
  pipeline: { id: string; name: string };
  latest: RunRow | undefined;
  green: boolean | null;
  /** Of a red one the first failure after the last success, of a green one the first success after the last failure. */
  since: string | null;
  /** Failed runs since then, of a red one. */
  failures: number;
  /** The newest that succeeded or failed. */
  decided: RunRow | undefined;
  /** Finished, oldest first. */
  recent: RunRow[];
}

/** Looked at of each pipeline; a longer series of failures began at least then. */
const LAST = 50;
const SHOWN = 20;

/** How pipelines stand on their default branches, by their last runs there. */
export async function readStandings(
  knex: Knex,
  conditions: readonly Sql[],
): Promise<Standing[]> {
  const ranked = knex('runs')
    .where({ default_branch: 1 })
    .select(
      '*',
      knex.raw(
        'row_number() over (partition by repository_id, pipeline_id order by sort_at desc, attempt desc, id desc) as place',
      ),
    );
  conditions.forEach(({ sql, bindings }) => ranked.whereRaw(sql, bindings));
  const rows: RunRow[] = await knex
    .select('*')
    .from(ranked.as('ranked'))
    .where('place', '<=', LAST)
    .orderBy(['repository_id', 'pipeline_id', 'place']);
  const pipelines = new Map<string, RunRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.repository_id, row.pipeline_id]);
    const runs = pipelines.get(key);
    if (runs) runs.push(row);
    else pipelines.set(key, [row]);
  }
  return [...pipelines.values()].map(toStanding);
}

/** @param runs - of one pipeline on its default branch, newest first */
function toStanding(runs: readonly RunRow[]): Standing {
  const [latest] = runs;
  const decided = runs.filter(({ state }) => isDecided(state as RunState));
  const [newest] = decided;
  const turn = decided.findIndex(({ state }) => state !== newest.state);
  const series = turn === -1 ? decided : decided.slice(0, turn);
  const first = series[series.length - 1];
  return {
    repositoryId: latest.repository_id,
    pipeline: { id: latest.pipeline_id, name: latest.pipeline_name },
    latest,
    green: newest ? newest.state === 'succeeded' : null,
    since: first ? first.finished_at ?? first.sort_at : null,
    failures: newest?.state === 'failed' ? series.length : 0,
    decided: newest,
    recent: runs
      .filter(({ finished_at }) => finished_at !== null)
      .slice(0, SHOWN)
      .reverse(),
  };
}

function isDecided(state: RunState): boolean {
  return state === 'succeeded' || state === 'failed';
}
