import type { Knex } from 'knex';
import type {
  RepositoryPage,
  RepositoryQuery,
} from 'backstage-plugin-fettle-common';
import type { ReadClock, Visibility } from '../FettleStore';
import { decodeCursor, encodeCursor } from '../query/cursor';
import { staleBefore } from '../query/derivedState';
import { loadSummaries } from '../query/loadSummaries';
import { joinOwner, matchingRepositories } from '../query/matching';
import { behind, SortColumn, sortColumns } from '../query/order';
import { readRevisions } from '../revisions';

/** One page of what matches and the reader may see, with the total of it. */
export async function listRepositories(
  knex: Knex,
  query: RepositoryQuery,
  visibility: Visibility,
  clock: ReadClock,
): Promise<RepositoryPage> {
  const sort = `${query.sort} ${query.order}`;
  const types = sortColumns(query, '').map(column => column.type);
  const cursor =
    query.cursor === undefined
      ? undefined
      : decodeCursor(query.cursor, { sort, types });
  const before = cursor?.before ?? staleBefore(clock);
  const columns = sortColumns(query, before);

  // First: rows that are newer than the revision only come once more.
  const { value: revision } = await readRevisions(knex);

  const matching = matchingRepositories(knex, query, visibility, clock);
  if (query.sort === 'owner') joinOwner(knex, matching, visibility);
  matching.select('r.id');
  columns.forEach(({ sql, bindings }, i) =>
    matching.select(knex.raw(`${sql} as k${i}`, bindings)),
  );
  const page = knex('matching')
    .select('*')
    .orderBy(orderOf(columns))
    .limit(query.limit + 1);
  if (cursor) {
    const rest = behind(columns, cursor.after);
    page.whereRaw(rest.sql, rest.bindings);
  }

  // One statement, so that the total goes with the rows; it is there without rows, too.
  const rows: Record<string, string | number | null>[] = await knex
    .withMaterialized('matching', matching)
    .from(knex('matching').count('* as total').as('t'))
    .leftJoin(page.as('p'), join => join.on(knex.raw('true')))
    .select('t.total', 'p.*')
    .orderBy(orderOf(columns));

  const found = rows.filter(row => row.id !== null);
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await loadSummaries(
      knex,
      shown.map(row => String(row.id)),
      { subpath: '', visibility, clock },
    ),
    nextCursor:
      last && found.length > shown.length
        ? encodeCursor({
            sort,
            after: columns.map((_, i) => last[`k${i}`]!),
            before,
          })
        : null,
    total: Number(rows[0].total),
    revision,
  };
}

function orderOf(columns: readonly SortColumn[]) {
  return columns.map(({ direction }, i) => ({
    column: `k${i}`,
    order: direction,
  }));
}
