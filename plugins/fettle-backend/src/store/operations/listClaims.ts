import type { Knex } from 'knex';
import type { DiscoveredClaim } from '../FettleStore';
import { toClaim } from '../query/toClaim';
import type { ClaimRow } from '../tables';

/** Every claim, or those of one repository, as they were last saved, in the order of the entities. */
export async function listClaims(
  knex: Knex,
  repositoryId?: string,
): Promise<DiscoveredClaim[]> {
  const rows: ClaimRow[] = await knex('entity_claims')
    .where(repositoryId === undefined ? {} : { repository_id: repositoryId })
    .orderBy('entity_ref')
    .select('*');
  return rows.map(row => ({
    ...toClaim(row),
    repositoryId: row.repository_id,
  }));
}
