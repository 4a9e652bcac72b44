import type { Knex } from 'knex';
import type { EntityHealth } from 'backstage-plugin-fettle-common';
import type { Visibility } from '../FettleStore';
import { toEntityHealth } from '../query/toEntityHealth';
import { maySee } from '../query/visible';
import type { ClaimRow } from '../tables';

/** The repository that an entity names, or why it names none. */
export async function getEntity(
  knex: Knex,
  entityRef: string,
  visibility: Visibility,
): Promise<EntityHealth | undefined> {
  if (!maySee(visibility, entityRef)) return undefined;
  const row: ClaimRow | undefined = await knex('entity_claims')
    .where({ entity_ref: entityRef })
    .first('*');
  return row && toEntityHealth(row);
}
