import type { Knex } from 'knex';
import type {
  ActivityItem,
  HistoryPoint,
} from 'backstage-plugin-fettle-common';
import type { ReadClock } from '../FettleStore';
import { dayOf, daysBefore } from '../query/days';
import { toActivity } from '../query/toActivity';

const MOST_CHANGES = 200;

/** How one folder of a repository fared over the given days, today included. */
export async function getHistory(
  knex: Knex,
  id: string,
  subpath: string,
  days: number,
  clock: ReadClock,
): Promise<{ days: HistoryPoint[]; changes: ActivityItem[] }> {
  const from = dayOf(daysBefore(clock.now, days - 1));
  const target = { repository_id: id, subpath };
  const points: HistoryPoint[] = await knex('history_days')
    .where(target)
    .where('day', '>=', from)
    .orderBy('day')
    .select('at', 'score');
  const changes = await knex('history_changes as h')
    .join('repositories as r', 'r.id', 'h.repository_id')
    .where(target)
    .where('h.at', '>=', from)
    .orderBy('h.revision', 'desc')
    .limit(MOST_CHANGES)
    .select('h.*', 'r.name');
  return { days: points, changes: changes.map(toActivity) };
}
