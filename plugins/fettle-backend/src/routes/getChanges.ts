import {
  changesQuerySchema,
  changesSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getChanges = defineRoute({
  id: 'getChanges',
  method: 'get',
  path: '/changes',
  summary: 'What changed since a revision',
  query: changesQuerySchema,
  response: changesSchema,
  handle: async ({ query, credentials }, { store, access, clock }) =>
    store.getChanges(
      query.since,
      query.repository,
      await access.visibility(credentials),
      clock(),
    ),
});
