import {
  repositoryPageSchema,
  repositoryQuerySchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const listRepositories = defineRoute({
  id: 'listRepositories',
  method: 'get',
  path: '/repositories',
  summary: 'Repositories that the reader may see, by keyset pages',
  query: repositoryQuerySchema,
  response: repositoryPageSchema,
  handle: async ({ query, credentials }, { store, access, clock }) =>
    store.listRepositories(
      query,
      await access.visibility(credentials),
      clock(),
    ),
});
