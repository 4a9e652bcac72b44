import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { getEntity } from '../routes/getEntity';
import { askRoute } from './askRoute';
import type { Asked, Zod } from './FettleAction';

/** How an action is told which repository it is about. */
export const targetInput = (zod: Zod) => ({
  repositoryId: zod
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Id of the repository, from list-repositories. Or give entity.'),
  entity: zod
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe(
      'Entity ref of the catalog, for example component:default/ledger, in place of repositoryId.',
    ),
});

/** The repository, and the folder of it that the entity is. */
export async function findTarget(
  { repositoryId, entity }: { repositoryId?: string; entity?: string },
  asked: Asked,
): Promise<{ repositoryId: string; subpath: string }> {
  if ((repositoryId === undefined) === (entity === undefined)) {
    throw new InputError('Give either repositoryId or entity.');
  }
  if (repositoryId !== undefined) return { repositoryId, subpath: '' };
  const { kind, namespace, name } = parse(entity!);
  const found = await askRoute(
    ...([getEntity, { params: { kind, namespace, name } }, asked] as const),
  );
  if (found.repositoryId === null) {
    throw new NotFoundError(
      `${entity} has no repository in Fettle. ${
        found.problem?.message ?? ''
      }`.trim(),
    );
  }
  return { repositoryId: found.repositoryId, subpath: found.subpath };
}

function parse(entity: string) {
  try {
    return parseEntityRef(entity, { defaultNamespace: 'default' });
  } catch (error) {
    throw new InputError(
      `'${entity}' is no entity ref: write kind:namespace/name. ${error}`,
    );
  }
}
