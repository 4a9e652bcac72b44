import {
  historyQuerySchema,
  historySchema,
} from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import { defineRoute } from './Route';

export const getHistory = defineRoute({
  id: 'getHistory',
  method: 'get',
  path: '/repositories/:id/history',
  summary: 'How the score moved, by day and by change',
  query: historyQuerySchema,
  response: historySchema,
  async handle({ params, query, credentials }, { store, access, clock }) {
    const visibility = await access.visibility(credentials);
    const { subpath, days } = query;
    if (!(await store.getSummary(params.id, subpath, visibility, clock()))) {
      throw noRepository(params.id);
    }
    return store.getHistory(params.id, subpath, days, clock());
  },
});
