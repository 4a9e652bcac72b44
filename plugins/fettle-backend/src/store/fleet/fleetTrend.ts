import type { Knex } from 'knex';
import type { ReadClock, Visibility } from '../FettleStore';
import { dayOf, daysBefore, HISTORY_DAYS, TREND_DAYS } from '../query/days';
import { medianOf } from '../query/median';
import { inVisibleRepositories } from '../query/visible';

/**
 * The median minus that of seven days ago, over the repositories of which both
 * scores are known: repositories that came or went do not move it.
 */
export async function fleetTrend(
  knex: Knex,
  visibility: Visibility,
  clock: ReadClock,
): Promise<number | null> {
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const then = daysBefore(clock.now, TREND_DAYS);
  const rows: { now: number; past: number; count: number | string }[] =
    await knex
      .from(
        knex('rollups as u')
          .where('u.subpath', '')
          .whereNotNull('u.score')
          .whereRaw(visible.sql, visible.bindings)
          .select('u.score as now')
          .select(
            knex('history_days as d')
              .whereRaw('d.repository_id = u.repository_id')
              .where('d.subpath', '')
              .where('d.day', '<=', dayOf(then))
              .where(
                'd.day',
                '>=',
                dayOf(daysBefore(clock.now, HISTORY_DAYS - 1)),
              )
              .where('d.at', '<=', then)
              .orderBy('d.day', 'desc')
              .limit(1)
              .select('d.score')
              .as('past'),
          )
          .as('pairs'),
      )
      .whereNotNull('past')
      .groupBy('now', 'past')
      .select('now', 'past')
      .count('* as count');
  const median = (name: 'now' | 'past') =>
    medianOf(rows.map(row => ({ score: row[name], count: Number(row.count) })));
  const now = median('now');
  const past = median('past');
  return now === null || past === null ? null : now - past;
}
