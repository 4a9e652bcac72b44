import type { Knex } from 'knex';
import { dialectOf, Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';

const ALL: Sql = { sql: 'true', bindings: [] };

/**
 * Whether the reader may see a repository, by the column that holds its id.
 * Looked up for each row: for statements that look at few.
 */
export function visibleRepository(
  knex: Knex,
  column: string,
  visibility: Visibility,
): Sql {
  if (visibility === 'everything') return ALL;
  const { sql, bindings } = dialectOf(knex).oneOf(
    'c.entity_ref',
    visibility.entityRefs,
  );
  const claims = `select 1 from entity_claims as c where c.repository_id = ${column}`;
  return {
    sql: `(exists (${claims} and ${sql}) or not exists (${claims}))`,
    bindings,
  };
}

/** The same with the sets made once: for statements that look at the whole fleet. */
export function inVisibleRepositories(
  knex: Knex,
  column: string,
  visibility: Visibility,
): Sql {
  if (visibility === 'everything') return ALL;
  const { sql, bindings } = dialectOf(knex).oneOf(
    'entity_ref',
    visibility.entityRefs,
  );
  const claimed =
    'select repository_id from entity_claims where repository_id is not null';
  return {
    sql: `(${column} in (${claimed} and ${sql}) or ${column} not in (${claimed}))`,
    bindings,
  };
}

/** Whether the reader may see a claim, by the column that holds its entity. */
export function visibleClaim(
  knex: Knex,
  column: string,
  visibility: Visibility,
): Sql {
  if (visibility === 'everything') return ALL;
  return dialectOf(knex).oneOf(column, visibility.entityRefs);
}

/** Whether the reader may see an entity. */
export function maySee(visibility: Visibility, entityRef: string): boolean {
  return visibility === 'everything' || visibility.entityRefs.has(entityRef);
}
