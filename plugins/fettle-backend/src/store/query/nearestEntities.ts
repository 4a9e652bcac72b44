import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { maySee } from './visible';

/** Of each repository the entity nearest to its root that the reader may see. */
export async function nearestEntities(
  knex: Knex,
  repositoryIds: readonly string[],
  visibility: Visibility,
): Promise<Map<string, string>> {
  const these = dialectOf(knex).oneOf('repository_id', repositoryIds);
  const rows: { repository_id: string; entity_ref: string; subpath: string }[] =
    await knex('entity_claims')
      .whereRaw(these.sql, these.bindings)
      .select('repository_id', 'entity_ref', 'subpath');
  rows.sort(
    (a, b) =>
      a.subpath.length - b.subpath.length ||
      (a.entity_ref < b.entity_ref ? -1 : 1),
  );
  const nearest = new Map<string, string>();
  for (const { repository_id: id, entity_ref: ref } of rows) {
    if (!nearest.has(id) && maySee(visibility, ref)) nearest.set(id, ref);
  }
  return nearest;
}
