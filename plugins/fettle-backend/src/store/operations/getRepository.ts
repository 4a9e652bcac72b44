import type { Knex } from 'knex';
import type { StoredRepository } from '../FettleStore';
import type { ClaimRow, RepositoryRow } from '../tables';
import { toLocation } from '../toLocation';

/** A repository as the collector needs it. */
export async function getRepository(
  knex: Knex,
  id: string,
): Promise<StoredRepository | undefined> {
  const row: RepositoryRow | undefined = await knex('repositories')
    .where({ id })
    .first('*');
  if (!row) return undefined;
  const claims: Pick<ClaimRow, 'entity_ref' | 'subpath'>[] = await knex(
    'entity_claims',
  )
    .where({ repository_id: id })
    .orderBy('entity_ref')
    .select('entity_ref', 'subpath');
  return {
    ...toLocation(row),
    subpaths: [...new Set(['', ...claims.map(claim => claim.subpath)])].sort(),
    headCommit: row.head_commit,
    entityRefs: claims.map(claim => claim.entity_ref),
    failures: row.failures,
  };
}
