import type { Knex } from 'knex';
import { nearestEntities } from '../query/nearestEntities';
import type { Visibility } from '../FettleStore';
import { decodeCursor, encodeCursor } from '../query/cursor';
import { visibleRepository } from '../query/visible';
import { toDrift, type DriftRow, type OptOutRow } from './rows';
import type { StandardStore } from './StandardStore';

type Row = DriftRow & {
  name: string;
  rank: number;
  out_reason: string | null;
  out_actor: string | null;
  out_created_at: string | null;
  out_expires_at: string | null;
};

/** As `exempt` comes from another table. */
const RANK = `case when o.repository_id is not null then 2
  when d.state = 'drifted' then 0 when d.state = 'unknown' then 1 else 3 end`;
const RANKS = { drifted: 0, unknown: 1, exempt: 2, follows: 3 };
const SORT = 'state';

/** One page of how repositories stand against one standard. */
export async function pageOfDrifts(
  knex: Knex,
  of: Parameters<StandardStore['page']>[0],
  visibility: Visibility,
  now: Date,
): ReturnType<StandardStore['page']> {
  const visible = visibleRepository(knex, 'd.repository_id', visibility);
  const matching = () => {
    const rows = knex('standard_drifts as d')
      .join('repositories as r', 'r.id', 'd.repository_id')
      .leftJoin('standard_opt_outs as o', join =>
        join
          .on('o.repository_id', 'd.repository_id')
          .andOn('o.standard_id', 'd.standard_id')
          .andOnVal('o.expires_at', '>', now.toISOString()),
      )
      .where('d.standard_id', of.standardId)
      .whereRaw(visible.sql, visible.bindings);
    if (of.state) rows.whereRaw(`${RANK} = ?`, [RANKS[of.state]]);
    return rows;
  };
  const [{ number }] = await matching().count({ number: '*' });
  const page = matching();
  if (of.cursor !== undefined) {
    const { after } = decodeCursor(of.cursor, {
      sort: SORT,
      types: ['number', 'string', 'string'],
    });
    page.whereRaw(`(${RANK}, r.name, r.id) > (?, ?, ?)`, after);
  }
  const rows: Row[] = await page
    .orderByRaw(`${RANK}, r.name, r.id`)
    .limit(of.limit + 1)
    .select('d.*', 'r.name', knex.raw(`${RANK} as rank`), {
      out_reason: 'o.reason',
      out_actor: 'o.actor',
      out_created_at: 'o.created_at',
      out_expires_at: 'o.expires_at',
    });
  const items = rows.slice(0, of.limit);
  const last = rows.length > of.limit ? items[items.length - 1] : undefined;
  const nearest = await nearestEntities(
    ...([knex, items.map(row => row.repository_id), visibility] as const),
  );
  return {
    items: items.map(row => ({
      ...toDrift(row, optOutOf(row), now),
      repository: row.name,
      entityRef: nearest.get(row.repository_id) ?? null,
    })),
    nextCursor: last
      ? encodeCursor({
          sort: SORT,
          after: [Number(last.rank), last.name, last.repository_id],
          before: now.toISOString(),
        })
      : null,
    total: Number(number),
  };
}

function optOutOf(row: Row): OptOutRow | undefined {
  if (row.out_created_at === null) return undefined;
  return {
    ...{ repository_id: row.repository_id, standard_id: row.standard_id },
    ...{ reason: row.out_reason!, actor: row.out_actor! },
    ...{ created_at: row.out_created_at, expires_at: row.out_expires_at! },
  };
}
