import type { Knex } from 'knex';
import type { DiscoveredRepository } from '../FettleStore';
import { LOCATIONS, LocationRow } from '../tables';
import { toLocation } from '../toLocation';

/** Every repository's location, in the order of their ids. */
export async function listLocations(
  knex: Knex,
): Promise<DiscoveredRepository[]> {
  const rows: LocationRow[] = await knex('repositories')
    .orderBy('id')
    .select(Object.keys(LOCATIONS.columns));
  return rows.map(toLocation);
}
