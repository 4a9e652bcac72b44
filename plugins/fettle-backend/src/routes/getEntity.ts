import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { entityHealthSchema } from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getEntity = defineRoute({
  id: 'getEntity',
  method: 'get',
  path: '/entities/:kind/:namespace/:name',
  summary: 'Which repository and folder an entity names, or why none',
  response: entityHealthSchema,
  async handle({ params, credentials }, { store, access }) {
    const { kind, namespace, name } = params;
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    const entity = await store.getEntity(
      entityRef,
      await access.visibility(credentials),
    );
    if (!entity) {
      throw new NotFoundError(
        `${entityRef} names no repository, or you may not see it.`,
      );
    }
    return entity;
  },
});
