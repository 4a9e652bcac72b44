import type { Knex } from 'knex';
import type { EntityHealth, Fleet } from 'backstage-plugin-fettle-common';
import type { ReadClock, Visibility } from '../FettleStore';
import { countChecks } from '../fleet/countChecks';
import { countFacets } from '../fleet/countFacets';
import { countRepositories } from '../fleet/countRepositories';
import { fleetTrend } from '../fleet/fleetTrend';
import { toEntityHealth } from '../query/toEntityHealth';
import { visibleClaim } from '../query/visible';
import { readRevisions } from '../revisions';
import type { ClaimRow } from '../tables';

/** The fleet in numbers, over what the reader may see. */
export async function getFleet(
  knex: Knex,
  visibility: Visibility,
  clock: ReadClock,
): Promise<Fleet> {
  const { value: revision } = await readRevisions(knex);
  const [counts, trend, owners, systems, checks, problems] = await Promise.all([
    countRepositories(knex, visibility, clock),
    fleetTrend(knex, visibility, clock),
    countFacets(knex, 'owner', visibility),
    countFacets(knex, 'system', visibility),
    countChecks(knex, visibility),
    listProblems(knex, visibility),
  ]);
  return { ...counts, trend, owners, systems, checks, problems, revision };
}

async function listProblems(
  knex: Knex,
  visibility: Visibility,
): Promise<EntityHealth[]> {
  const visible = visibleClaim(knex, 'entity_ref', visibility);
  const rows: ClaimRow[] = await knex('entity_claims')
    .whereRaw('(repository_id is null or problem is not null)')
    .whereRaw(visible.sql, visible.bindings)
    .orderBy('entity_ref')
    .select('*');
  return rows.map(toEntityHealth);
}
