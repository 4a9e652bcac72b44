import { InputError } from '@backstage/errors';
import type { RunPage, RunQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import type { RunRow } from './rows';
import { touchedBy } from './touchedBy';
import { toRun } from './toRun';

/** Above it, loading anew is cheaper. */
const MOST_CHANGES = 200;

/** One page of a repository's runs, newest first, or those that changed since a revision. */
export async function listRuns(
  knex: Knex,
  repositoryId: string,
  query: RunQuery,
): Promise<RunPage> {
  // First: what is committed after it comes next time.
  const { value: revision } = await readRevisions(knex);
  const rows = matching(knex, repositoryId, query);
  if (query.since !== undefined) {
    const reset = { items: [], nextCursor: null, revision, reset: true };
    if (query.since > revision) return reset;
    const found: RunRow[] = await rows
      .where('revision', '>', query.since)
      .limit(MOST_CHANGES + 1);
    if (found.length > MOST_CHANGES) return reset;
    const items = found.map(toRun);
    return { items, nextCursor: null, revision, reset: false };
  }
  if (query.cursor !== undefined) {
    const [sortAt, id] = readCursor(query.cursor);
    rows.whereRaw('("sort_at", "id") < (?, ?)', [sortAt, id]);
  }
  const found: RunRow[] = await rows.limit(query.limit + 1);
  const shown = found.slice(0, query.limit);
  const last = shown[shown.length - 1];
  return {
    items: shown.map(toRun),
    nextCursor:
      found.length > query.limit
        ? Buffer.from(JSON.stringify([last.sort_at, last.id])).toString(
            'base64url',
          )
        : null,
    revision,
    reset: false,
  };
}

function matching(knex: Knex, repositoryId: string, query: RunQuery) {
  const { oneOf } = dialectOf(knex);
  const rows = knex<RunRow>('runs')
    .where({ repository_id: repositoryId })
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .select('*');
  for (const [column, values] of [
    ['branch', query.branch],
    ['pipeline_id', query.pipeline],
    ['state', query.state],
    ['event', query.event],
  ] as const) {
    if (!values) continue;
    const wanted = oneOf(`"${column}"`, values.map(storable));
    rows.whereRaw(wanted.sql, wanted.bindings);
  }
  const touched = touchedBy(query.subpath);
  rows.whereRaw(touched.sql, touched.bindings);
  return rows;
}

function readCursor(cursor: string): [string, string] {
  try {
    const [sortAt, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (typeof sortAt === 'string' && typeof id === 'string') {
      return [storable(sortAt), storable(id)];
    }
  } catch {
    // It is said below, as for any other text that is no cursor.
  }
  throw new InputError('The cursor is not one that this list gave.');
}
