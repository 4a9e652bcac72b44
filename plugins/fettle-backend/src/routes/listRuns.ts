import { runPageSchema, runQuerySchema } from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import { presentRuns } from './presentRuns';
import { defineRoute } from './Route';

export const listRuns = defineRoute({
  id: 'listRuns',
  method: 'get',
  path: '/repositories/:id/runs',
  summary:
    'The runs of a repository, newest first, or those changed since a revision',
  query: runQuerySchema,
  response: runPageSchema,
  async handle({ params, query, credentials }, services) {
    const { store, access, runs, clock } = services;
    const visibility = await access.visibility(credentials);
    if (!(await store.getSummary(params.id, '', visibility, clock()))) {
      throw noRepository(params.id);
    }
    const page = await runs.list(params.id, query);
    return {
      ...page,
      items: await presentRuns(page.items, credentials, services),
    };
  },
});
