import type { Knex } from 'knex';
import { givenRows, queryRows } from './givenRows';

/** What is known of a record that a feed had before. */
interface Known {
  id: string;
  origin: 'dump' | 'single';
  stamp: string;
  modified: string | null;
}

const SELECT =
  'select id, origin, stamp, modified from osv_records where feed = ?';

/** Those of the given records that are known, by id. */
export async function findKnown(
  knex: Knex,
  feed: string,
  ids: readonly string[],
): Promise<Map<string, Known>> {
  const given = givenRows(
    knex,
    { id: 'text' },
    ids.map(id => [id]),
  );
  const rows = await queryRows<Known>(
    knex,
    `${SELECT} and id in (${given.sql})`,
    [feed, ...given.bindings],
  );
  return new Map(rows.map(row => [row.id, row]));
}

/** All records of one origin, by id. */
export async function findOfOrigin(
  knex: Knex,
  feed: string,
  origin: Known['origin'],
): Promise<Map<string, Known>> {
  const rows = await queryRows<Known>(knex, `${SELECT} and origin = ?`, [
    feed,
    origin,
  ]);
  return new Map(rows.map(row => [row.id, row]));
}

const PAGE = 5_000;

/** The ids of all records of a feed that are not among the given ones. */
export async function findGone(
  knex: Knex,
  feed: string,
  origin: Known['origin'],
  ids: ReadonlySet<string>,
): Promise<string[]> {
  const gone: string[] = [];
  let last = '';
  for (;;) {
    const rows = await queryRows<{ id: string; origin: string }>(
      knex,
      `select id, origin from osv_records where feed = ? and id > ? order by id limit ${PAGE}`,
      [feed, last],
    );
    for (const row of rows) {
      if (row.origin === origin && !ids.has(row.id)) gone.push(row.id);
    }
    if (rows.length < PAGE) return gone;
    last = rows[rows.length - 1].id;
  }
}
