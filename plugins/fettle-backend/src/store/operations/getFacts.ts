import type { Knex } from 'knex';
import type { StoredFact } from '../FettleStore';
import type { FactRow } from '../tables';

/** The newest facts of a repository, of all its folders. */
export async function getFacts(
  knex: Knex,
  repositoryId: string,
): Promise<StoredFact[]> {
  const rows: FactRow[] = await knex('facts')
    .where({ repository_id: repositoryId })
    .orderBy(['subpath', 'fact_id'])
    .select('*');
  return rows.map(row => ({
    subpath: row.subpath,
    factId: row.fact_id,
    version: row.version,
    commit: row.commit,
    collectedAt: row.collected_at,
    ...(row.value === null ? {} : { value: JSON.parse(row.value) }),
    ...(row.problem === null ? {} : { problem: JSON.parse(row.problem) }),
  }));
}
