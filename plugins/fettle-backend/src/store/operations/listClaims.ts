import type { Knex } from 'knex';
import type { DiscoveredClaim } from '../FettleStore';
import { toClaim } from '../query/toClaim';
import type { ClaimRow } from '../tables';

/** Every claim as it was last saved, in the order of the entities. */
export async function listClaims(knex: Knex): Promise<DiscoveredClaim[]> {
  const rows: ClaimRow[] = await knex('entity_claims')
    .orderBy('entity_ref')
    .select('*');
  return rows.map(row => ({
    ...toClaim(row),
    repositoryId: row.repository_id,
  }));
}
