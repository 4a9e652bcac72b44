import type { Knex } from 'knex';

/** Which component each repository names in which file: `u` joined with its component `c` and package `p`. */
export function componentUses(knex: Knex): Knex.QueryBuilder {
  return knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id');
}

/**
 * Of the rows of {@link componentUses}, those of the first of the scanners that
 * saw a component in a file; and none of a bill of materials, which is in no
 * file, where a file names the component.
 */
export function onceEach(uses: Knex.QueryBuilder): void {
  uses.whereRaw(`not exists (
    select 1 from repository_components as o
    where o.component_id = u.component_id and o.repository_id = u.repository_id
      and ((o.path = u.path and o.scanner_id < u.scanner_id)
        or (u.path = '' and o.path <> '')))`);
}
