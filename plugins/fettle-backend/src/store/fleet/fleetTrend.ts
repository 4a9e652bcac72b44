import type { Knex } from 'knex';
import type { ReadClock, Visibility } from '../FettleStore';
import { dayOf, daysBefore, TREND_DAYS } from '../query/days';
import { medianOf } from '../query/median';
import { inVisibleRepositories } from '../query/visible';

/**
 * The median minus that of seven days ago, over the repositories of which both
 * scores are known: repositories that came or went do not move it. Neither do
 * those without a reading on that day or the one before: to look for the last
 * point of each takes a second on a large fleet.
 */
export async function fleetTrend(
  knex: Knex,
  visibility: Visibility,
  clock: ReadClock,
): Promise<number | null> {
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const then = daysBefore(clock.now, TREND_DAYS);
  // Times have one length, so the greatest of these texts is the last point's.
  const last = `substr(max(d.at || ' ' || coalesce(cast(d.score as text), '')), 26)`;
  const rows: { now: number; past: string; count: number | string }[] =
    await knex
      .from(
        knex('history_days as d')
          .where('d.day', '<=', dayOf(then))
          .where('d.day', '>=', dayOf(daysBefore(clock.now, TREND_DAYS + 1)))
          .where('d.subpath', '')
          .where('d.at', '<=', then)
          .groupBy('d.repository_id')
          .select('d.repository_id', knex.raw(`${last} as past`))
          .as('p'),
      )
      .joinRaw(
        `join rollups as u on u.repository_id = p.repository_id and u.subpath = ''`,
      )
      .whereNotNull('u.score')
      .whereRaw(visible.sql, visible.bindings)
      .groupBy('u.score', 'p.past')
      .select('u.score as now', 'p.past')
      .count('* as count');
  const known = rows.filter(row => row.past !== '');
  const median = (name: 'now' | 'past') =>
    medianOf(
      known.map(row => ({
        score: Number(row[name]),
        count: Number(row.count),
      })),
    );
  const now = median('now');
  const past = median('past');
  return now === null || past === null ? null : now - past;
}
