import type {
  FleetSecurity,
  SeverityCounts,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Sql } from '../Dialect';
import { daysBefore } from '../query/days';
import { NO_FINDINGS } from './overview';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** By how much a day changed what is open, and what happened on it. */
export interface DayChange extends SeverityCounts {
  day: string;
  opened: number;
  fixed: number;
}

/** What was open at the end of each day: a repository counts as it did on the last day on which it changed. */
export async function fleetTrend(
  knex: Knex,
  within: Sql,
  options: {
    days: number;
    now: Date;
    /** Now. */
    open: SeverityCounts;
    sharePast: (load: () => Promise<DayChange[]>) => Promise<DayChange[]>;
  },
): Promise<FleetSecurity['trend']> {
  const { days, now, sharePast } = options;
  const today = now.toISOString().slice(0, 10);
  const past = await sharePast(() => loadChanges(knex, within, today));
  const open = { ...NO_FINDINGS };
  const points: FleetSecurity['trend'] = [];
  let at = 0;
  for (let ago = days - 1; ago > 0; ago--) {
    const day = daysBefore(now, ago).slice(0, 10);
    let [opened, fixed] = [0, 0];
    for (; at < past.length && past[at].day <= day; at++) {
      for (const name of SEVERITIES) open[name] += past[at][name];
      if (past[at].day === day) ({ opened, fixed } = past[at]);
    }
    if (at > 0) points.push({ day, open: { ...open }, opened, fixed });
  }
  const [last] = await knex('finding_days')
    .where({ day: today })
    .whereRaw(within.sql, within.bindings)
    .sum({ opened: 'opened', fixed: 'fixed' })
    .count({ changed: '*' });
  if (past.length > 0 || Number(last.changed) > 0) {
    const [opened, fixed] = [Number(last.opened), Number(last.fixed)];
    points.push({ day: today, open: options.open, opened, fixed });
  }
  return points;
}

/** One for each day before the given one on which anything changed, oldest first. */
async function loadChanges(
  knex: Knex,
  within: Sql,
  before: string,
): Promise<DayChange[]> {
  const changes = SEVERITIES.map(
    name => `${name} - lag(${name}, 1, 0) over changed as ${name}`,
  );
  const sums = [...SEVERITIES, 'opened', 'fixed'].map(
    name => `sum(${name}) as ${name}`,
  );
  const rows: Record<keyof DayChange, any>[] = await knex
    .from(
      knex.raw(
        `(select day, opened, fixed, ${changes.join(', ')} from finding_days
          where day < ? and ${within.sql}
          window changed as (partition by repository_id order by day)) as days`,
        [before, ...within.bindings],
      ),
    )
    .groupBy('day')
    .orderBy('day')
    .select('day', knex.raw(sums.join(', ')));
  return rows.map(row => ({
    ...{ day: row.day, opened: Number(row.opened), fixed: Number(row.fixed) },
    ...{ critical: Number(row.critical), high: Number(row.high) },
    ...{ medium: Number(row.medium), low: Number(row.low) },
    unknown: Number(row.unknown),
  }));
}
