import type { Knex } from 'knex';
import type {
  HistoryPoint,
  RepositorySummary,
} from 'backstage-plugin-fettle-common';
import { dialectOf } from '../Dialect';
import type { ReadClock, Visibility } from '../FettleStore';
import type { ClaimRow } from '../tables';
import { dayOf, daysBefore, HISTORY_DAYS } from './days';
import { SummaryRow, toSummary } from './toSummary';
import { maySee } from './visible';

/**
 * The summaries of repositories that the reader may see, in the order of their
 * ids as given; those that are gone are absent. The numbers are those of one
 * folder, the entities those that the reader may see.
 */
export async function loadSummaries(
  knex: Knex,
  ids: readonly string[],
  options: { subpath: string; visibility: Visibility; clock: ReadClock },
): Promise<RepositorySummary[]> {
  if (ids.length === 0) return [];
  const { subpath, visibility, clock } = options;
  const [rows, claims, days] = await Promise.all([
    loadRows(knex, ids, subpath),
    loadClaims(knex, ids),
    loadDays(knex, ids, subpath, clock),
  ]);
  return ids.flatMap(id => {
    const row = rows.get(id);
    if (!row) return [];
    const entities = (claims.get(id) ?? []).filter(claim =>
      maySee(visibility, claim.entity_ref),
    );
    return [toSummary(row, entities, days.get(id) ?? [], clock)];
  });
}

async function loadRows(knex: Knex, ids: readonly string[], subpath: string) {
  const these = dialectOf(knex).oneOf('r.id', ids);
  const rows: SummaryRow[] = await knex('repositories as r')
    .leftJoin('rollups as u', join =>
      join
        .on('u.repository_id', 'r.id')
        .andOn('u.subpath', knex.raw('?', [subpath])),
    )
    .whereRaw(these.sql, these.bindings)
    .select('r.*', 'u.score', 'u.up_to', 'u.level', 'u.worst', 'u.commit')
    .select('u.pass', 'u.warn', 'u.fail', 'u.unknown', 'u.not_applicable');
  return new Map(rows.map(row => [row.id, row]));
}

async function loadClaims(knex: Knex, ids: readonly string[]) {
  const these = dialectOf(knex).oneOf('repository_id', ids);
  const rows: (ClaimRow & { repository_id: string })[] = await knex(
    'entity_claims',
  )
    .whereRaw(these.sql, these.bindings)
    .orderBy('entity_ref')
    .select('*');
  const byId = new Map<string, ClaimRow[]>();
  for (const row of rows) {
    const list = byId.get(row.repository_id);
    if (list) list.push(row);
    else byId.set(row.repository_id, [row]);
  }
  return byId;
}

async function loadDays(
  knex: Knex,
  ids: readonly string[],
  subpath: string,
  clock: ReadClock,
) {
  const dialect = dialectOf(knex);
  const these = dialect.oneOf('repository_id', ids);
  const rows: { repository_id: string; points: string }[] = await knex(
    'history_days',
  )
    .whereRaw(these.sql, these.bindings)
    .where({ subpath })
    .where('day', '>=', dayOf(daysBefore(clock.now, HISTORY_DAYS - 1)))
    .groupBy('repository_id')
    .select(
      'repository_id',
      knex.raw(`${dialect.pairs('at', 'score')} as points`),
    );
  return new Map(
    rows.map(row => [row.repository_id, pointsOf(JSON.parse(row.points))]),
  );
}

function pointsOf(pairs: [string, number | null][]): HistoryPoint[] {
  return pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, score]) => ({ at, score }));
}
