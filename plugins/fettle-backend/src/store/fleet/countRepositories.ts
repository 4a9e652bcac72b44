import type { Knex } from 'knex';
import type {
  Fleet,
  RepositoryState,
  ScoreLevel,
} from 'backstage-plugin-fettle-common';
import type { ReadClock, Visibility } from '../FettleStore';
import { staleBefore, stateSql } from '../query/derivedState';
import { medianOf } from '../query/median';
import { inVisibleRepositories } from '../query/visible';

/** Totals by state and level, and the median, from one statement. */
export async function countRepositories(
  knex: Knex,
  visibility: Visibility,
  clock: ReadClock,
): Promise<Pick<Fleet, 'total' | 'states' | 'levels' | 'median'>> {
  const visible = inVisibleRepositories(knex, 'r.id', visibility);
  const state = stateSql(staleBefore(clock));
  const rows: {
    state: RepositoryState;
    level: ScoreLevel;
    score: number | null;
    count: number | string;
  }[] = await knex
    .from(
      knex('repositories as r')
        .joinRaw(
          `left join rollups as u on u.repository_id = r.id and u.subpath = ''`,
        )
        .whereRaw(visible.sql, visible.bindings)
        .select(knex.raw(`${state.sql} as state`, state.bindings))
        .select(knex.raw(`coalesce(u.level, 'unknown') as level`), 'u.score')
        .as('seen'),
    )
    .groupBy('state', 'level', 'score')
    .select('state', 'level', 'score')
    .count('* as count');

  const states = { pending: 0, ready: 0, empty: 0, failing: 0, stale: 0 };
  const levels = { good: 0, fair: 0, poor: 0, unknown: 0 };
  let total = 0;
  for (const row of rows) {
    const count = Number(row.count);
    states[row.state] += count;
    levels[row.level] += count;
    total += count;
  }
  const scores = rows.flatMap(({ score, count }) =>
    score === null ? [] : [{ score, count: Number(count) }],
  );
  return { total, states, levels, median: medianOf(scores) };
}
