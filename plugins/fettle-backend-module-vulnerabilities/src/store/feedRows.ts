import type { FeedStatus, Reason } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { queryRows } from './givenRows';

/** How the import of a feed stands. */
export interface FeedRow {
  id: string;
  from: string;
  state: FeedStatus['state'];
  records: number;
  bytes: number | null;
  newestAt: string | null;
  checkedAt: string | null;
  /** When a whole dump was imported last. */
  importedAt: string | null;
  reason: Reason | null;
  broken: number;
  /** The first of the broken ones, with why. */
  problems: string[];
  /** By which it is told whether there is something new. */
  seen: Record<string, string>;
}

const COLUMNS: Record<keyof FeedRow, string> = {
  id: 'id',
  from: 'from',
  state: 'state',
  records: 'records',
  bytes: 'bytes',
  newestAt: 'newest_at',
  checkedAt: 'checked_at',
  importedAt: 'imported_at',
  reason: 'reason',
  broken: 'broken',
  problems: 'problems',
  seen: 'seen',
};
const JSON_COLUMNS: readonly string[] = ['reason', 'problems', 'seen'];

export async function readFeedRows(knex: Knex): Promise<Map<string, FeedRow>> {
  const rows = await knex('osv_feeds').select();
  return new Map(
    rows.map(row => [
      row.id,
      {
        id: row.id,
        from: row.from,
        state: row.state,
        records: row.records,
        // PostgreSQL gives large integers as text.
        bytes: row.bytes === null ? null : Number(row.bytes),
        newestAt: row.newest_at,
        checkedAt: row.checked_at,
        importedAt: row.imported_at,
        reason: JSON.parse(row.reason ?? 'null'),
        broken: row.broken,
        problems: JSON.parse(row.problems ?? '[]'),
        seen: JSON.parse(row.seen ?? '{}'),
      },
    ]),
  );
}

export async function updateFeedRow(
  knex: Knex,
  id: string,
  change: Partial<FeedRow>,
): Promise<void> {
  await knex('osv_feeds')
    .where({ id })
    .update(
      Object.fromEntries(
        Object.entries(change).map(([name, value]) => [
          COLUMNS[name as keyof FeedRow],
          JSON_COLUMNS.includes(name) && value !== null
            ? JSON.stringify(value)
            : value,
        ]),
      ),
    );
}

export async function addFeedRow(
  knex: Knex,
  { id, from }: { id: string; from: string },
): Promise<void> {
  await knex('osv_feeds')
    .insert({ id, from, state: 'never' })
    .onConflict('id')
    .ignore();
}

const SHOWN = 3;

/** What the records of a feed add up to. */
export async function countRecords(
  knex: Knex,
  feed: string,
): Promise<Pick<FeedRow, 'records' | 'newestAt' | 'broken' | 'problems'>> {
  const [sums] = await queryRows<{
    records: number | null;
    newest: string | null;
    broken: number;
  }>(
    knex,
    // Some databases date what they do not know in the year 1.
    `select sum(readable) as records, count(problem) as broken,
       max(case when modified > '1980' then modified end) as newest
     from osv_records where feed = ?`,
    [feed],
  );
  const problems = Number(sums.broken)
    ? await knex('osv_records')
        .where({ feed })
        .whereNotNull('problem')
        .orderBy('id')
        .limit(SHOWN)
        .select('id', 'problem')
    : [];
  return {
    records: Number(sums.records ?? 0),
    newestAt: sums.newest,
    broken: Number(sums.broken),
    problems: problems.map(({ id, problem }) => `${id}: ${problem}`),
  };
}
