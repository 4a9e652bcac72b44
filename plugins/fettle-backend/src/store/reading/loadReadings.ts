import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { RepositoryRow, RollupRow, VerdictRow } from '../tables';
import type { StoredReading } from './StoredReading';

/**
 * Locks the repositories and loads what their next readings are compared
 * with. Repositories that are gone are absent.
 */
export async function loadReadings(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<Map<string, StoredReading>> {
  const { oneOf } = dialectOf(trx);
  // In one order everywhere, so that two batches cannot wait for each other.
  const mine = oneOf('id', ids);
  const repositories: RepositoryRow[] = await trx('repositories')
    .whereRaw(mine.sql, mine.bindings)
    .orderBy('id')
    .forUpdate()
    .select('*');
  const readings = new Map<string, StoredReading>(
    repositories.map(row => [
      row.id,
      {
        repository: { ...row, revision: Number(row.revision) },
        rollups: new Map(),
        verdicts: new Map(),
        claimed: new Set(),
      },
    ]),
  );

  const claims: { repository_id: string; subpath: string }[] = await select(
    trx,
    'entity_claims',
    [...readings.keys()],
    ['repository_id', 'subpath'],
  );
  for (const { repository_id: id, subpath } of claims) {
    readings.get(id)?.claimed.add(subpath);
  }

  // Nothing was ever judged of a repository that was never read.
  const read = repositories.filter(row => row.collected_at).map(row => row.id);
  const rollups: RollupRow[] = await select(trx, 'rollups', read, ['*']);
  for (const row of rollups) {
    readings.get(row.repository_id)?.rollups.set(row.subpath, row);
  }
  const verdicts: VerdictRow[] = await select(trx, 'verdicts', read, ['*']);
  for (const row of verdicts) {
    const reading = readings.get(row.repository_id);
    const list = reading?.verdicts.get(row.subpath);
    if (list) list.push(row);
    else reading?.verdicts.set(row.subpath, [row]);
  }
  return readings;
}

async function select(
  trx: Knex.Transaction,
  table: string,
  ids: readonly string[],
  columns: string[],
) {
  if (ids.length === 0) return [];
  const theirs = dialectOf(trx).oneOf('repository_id', ids);
  return trx(table).whereRaw(theirs.sql, theirs.bindings).select(columns);
}
