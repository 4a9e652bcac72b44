import type { Knex } from 'knex';

/** Which component each repository names in which file: `u` joined with its component `c` and package `p`. */
export function componentUses(knex: Knex): Knex.QueryBuilder {
  return knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id');
}
