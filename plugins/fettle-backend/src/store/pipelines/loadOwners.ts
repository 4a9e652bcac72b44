import type { Knex } from 'knex';
import { dialectOf, type Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories, maySee } from '../query/visible';

/** A repository with the entity that a reader is led to. */
export interface Owned {
  name: string;
  entityRef: string | null;
  owner: string | null;
}

/** The repositories that the reader may see, or those of one owner, by their ids. */
export async function loadOwners(
  knex: Knex,
  visibility: Visibility,
  owner: string | undefined,
): Promise<Map<string, Owned>> {
  const visible = inVisibleRepositories(knex, 'id', visibility);
  const repositories: { id: string; name: string }[] = await knex(
    'repositories',
  )
    .whereRaw(visible.sql, visible.bindings)
    .select('id', 'name');
  const owned = new Map<string, Owned>(
    repositories.map(({ id, name }) => [
      id,
      { name, entityRef: null, owner: null },
    ]),
  );
  const claims: {
    entity_ref: string;
    repository_id: string;
    owner: string | null;
    subpath: string;
  }[] = await knex('entity_claims')
    .whereNotNull('repository_id')
    .select('entity_ref', 'repository_id', 'owner', 'subpath');
  // The claim nearest to the root stands for the repository.
  claims.sort(
    (a, b) =>
      a.subpath.length - b.subpath.length ||
      (a.entity_ref < b.entity_ref ? -1 : 1),
  );
  const mine = new Set<string>();
  for (const claim of claims) {
    const repository = owned.get(claim.repository_id);
    if (!repository || !maySee(visibility, claim.entity_ref)) continue;
    if (claim.owner === owner) mine.add(claim.repository_id);
    if (repository.entityRef) continue;
    repository.entityRef = claim.entity_ref;
    repository.owner = claim.owner;
  }
  if (owner === undefined) return owned;
  return new Map([...owned].filter(([id]) => mine.has(id)));
}

/** Which repositories, on the column `repository_id`. */
export function scopeOf(
  knex: Knex,
  visibility: Visibility,
  owner: string | undefined,
  owned: ReadonlyMap<string, Owned>,
): Sql {
  return owner === undefined
    ? inVisibleRepositories(knex, 'repository_id', visibility)
    : dialectOf(knex).oneOf('repository_id', owned.keys());
}
