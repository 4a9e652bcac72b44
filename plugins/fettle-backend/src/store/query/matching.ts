import type { Knex } from 'knex';
import type { RepositoryQuery } from 'backstage-plugin-fettle-common';
import { dialectOf } from '../Dialect';
import type { ReadClock, Visibility } from '../FettleStore';
import { storable } from '../storable';
import { staleBefore, stateSql } from './derivedState';
import { visibleClaim, inVisibleRepositories } from './visible';

const DEFECTS = ['fail', 'warn', 'unknown'];

/**
 * The repositories (`r`, with the rollup of the root as `u`) that the reader
 * may see and that the filters let through.
 */
export function matchingRepositories(
  knex: Knex,
  query: RepositoryQuery,
  visibility: Visibility,
  clock: ReadClock,
): Knex.QueryBuilder {
  const { oneOf } = dialectOf(knex);
  const visible = inVisibleRepositories(knex, 'r.id', visibility);
  const matching = knex('repositories as r')
    .joinRaw(
      `left join rollups as u on u.repository_id = r.id and u.subpath = ''`,
    )
    .whereRaw(visible.sql, visible.bindings);

  for (const name of ['owner', 'system'] as const) {
    const values = query[name];
    if (!values) continue;
    // Any of its entities: a monorepo belongs to each of its owners.
    const claim = visibleClaim(knex, 'entity_ref', visibility);
    const wanted = oneOf(`"${name}"`, values);
    matching.whereRaw(
      `r.id in (select repository_id from entity_claims where ${wanted.sql} and ${claim.sql})`,
      [...wanted.bindings, ...claim.bindings],
    );
  }
  if (query.state) {
    const state = stateSql(staleBefore(clock));
    const wanted = oneOf(`(${state.sql})`, query.state);
    matching.whereRaw(wanted.sql, [...state.bindings, ...wanted.bindings]);
  }
  if (query.level) {
    const wanted = oneOf(`coalesce(u.level, 'unknown')`, query.level);
    matching.whereRaw(wanted.sql, wanted.bindings);
  }
  if (query.check !== undefined) {
    const wanted = query.status ?? ['fail'];
    const status = oneOf('v.status', wanted);
    // With this the database may use the index of defects.
    const defects = wanted.every(one => DEFECTS.includes(one))
      ? `and v.status in (${DEFECTS.map(one => `'${one}'`).join(', ')})`
      : 'and v.repository_id = r.id';
    matching.whereRaw(
      `r.id in (select v.repository_id from verdicts as v
        where v.subpath = '' and v.check_id = ? ${defects} and ${status.sql})`,
      [storable(query.check), ...status.bindings],
    );
  }
  if (query.scoreMin !== undefined) {
    matching.where('u.score', '>=', query.scoreMin);
  }
  if (query.scoreMax !== undefined) {
    matching.where('u.score', '<=', query.scoreMax);
  }
  if (query.search) {
    const text = storable(query.search.toLowerCase());
    matching.whereRaw(`r.name_key like ? escape '\\'`, [
      `%${text.replace(/[\\%_]/g, '\\$&')}%`,
    ]);
  }
  return matching;
}

/** Joins the owner that a row shows, as `o.owner`: of the visible claim nearest to the root. */
export function joinOwner(
  knex: Knex,
  matching: Knex.QueryBuilder,
  visibility: Visibility,
): Knex.QueryBuilder {
  const claim = visibleClaim(knex, 'entity_ref', visibility);
  return matching.joinRaw(
    `left join (
       select repository_id, owner, row_number() over (
         partition by repository_id order by length(subpath), entity_ref
       ) as place
       from entity_claims where repository_id is not null and ${claim.sql}
     ) as o on o.repository_id = r.id and o.place = 1`,
    claim.bindings,
  );
}
