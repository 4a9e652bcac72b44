import {
  acceptedSchema,
  repositoryRefreshPermission,
} from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import { readNow } from './readNow';
import { defineRoute } from './Route';

export const refreshRepository = defineRoute({
  id: 'refreshRepository',
  method: 'post',
  path: '/repositories/:id/refresh',
  summary: 'Read a repository now',
  status: 202,
  response: acceptedSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    const { store, access, clock } = services;
    const visibility = await access.visibility(credentials);
    await access.require(repositoryRefreshPermission, credentials);
    if (!(await store.getSummary(params.id, '', visibility, clock()))) {
      throw noRepository(params.id);
    }
    await readNow(params.id, services);
    return { accepted: true as const, repositoryId: params.id };
  },
});
