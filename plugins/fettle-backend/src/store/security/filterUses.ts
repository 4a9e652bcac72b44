import type { Knex } from 'knex';
import type { Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories, visibleClaim } from '../query/visible';
import { storable } from '../storable';
import { likePart } from './likePart';

/** Which uses of components are asked for. */
export interface UseFilters {
  owner?: string;
  licence?: string;
}

/** Leaves the uses `u` of components `c` that the reader may see and that fit. */
export function filterUses(
  knex: Knex,
  rows: Knex.QueryBuilder,
  { owner, licence }: UseFilters,
  visibility: Visibility,
): void {
  const within = inRepositories(knex, 'u.repository_id', visibility, owner);
  rows.whereRaw(within.sql, within.bindings);
  if (licence !== undefined) {
    const { sql, bindings } = underLicence(licence);
    rows.whereRaw(sql, bindings);
  }
}

/** Whether a repository, by the column that holds its id, is one that the reader may see, or one of those that an owner has. */
export function inRepositories(
  knex: Knex,
  column: string,
  visibility: Visibility,
  owner: string | undefined,
): Sql {
  if (owner !== undefined) {
    // Who sees a claim sees its repository.
    const claim = visibleClaim(knex, 'entity_ref', visibility);
    return {
      sql: `${column} in (select repository_id from entity_claims where owner = ? and repository_id is not null and ${claim.sql})`,
      bindings: [storable(owner), ...claim.bindings],
    };
  }
  if (visibility === 'everything') return { sql: 'true', bindings: [] };
  // One set that is made once: there are many more uses than repositories.
  const { sql, bindings } = inVisibleRepositories(knex, 'id', visibility);
  return {
    sql: `${column} in (select id from repositories where ${sql})`,
    bindings,
  };
}

/** The whole text, or a word of it: ids in an expression stand between blanks and brackets. */
function underLicence(licence: string): Sql {
  const text = storable(licence);
  return {
    sql: `(c.licence = ? or ' ' || replace(replace(lower(c.licence), '(', ' '), ')', ' ') || ' ' like ? escape '\\')`,
    bindings: [text, likePart(` ${text} `)],
  };
}
