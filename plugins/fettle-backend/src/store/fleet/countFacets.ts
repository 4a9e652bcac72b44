import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { visibleClaim } from '../query/visible';

/** How many repositories each owner or system has, most first. A monorepo counts for each of its own. */
export async function countFacets(
  knex: Knex,
  facet: 'owner' | 'system',
  visibility: Visibility,
): Promise<{ value: string; count: number }[]> {
  const visible = visibleClaim(knex, 'entity_ref', visibility);
  const rows: { value: string; count: number | string }[] = await knex(
    'entity_claims',
  )
    .whereNotNull('repository_id')
    .whereNotNull(facet)
    .whereRaw(visible.sql, visible.bindings)
    .groupBy(facet)
    .select(
      knex.raw('?? as value', [facet]),
      knex.raw('count(distinct repository_id) as count'),
    )
    .orderBy([{ column: 'count', order: 'desc' }, { column: 'value' }]);
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}
