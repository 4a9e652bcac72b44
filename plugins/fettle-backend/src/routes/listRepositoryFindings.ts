import {
  findingPageSchema,
  findingQuerySchema,
} from 'backstage-plugin-fettle-common';
import { hidePlace, readerOfRepository } from './readFindings';
import { defineRoute } from './Route';

export const listRepositoryFindings = defineRoute({
  id: 'listRepositoryFindings',
  method: 'get',
  path: '/repositories/:id/findings',
  summary: 'The findings of a repository, what to fix first on top',
  query: findingQuerySchema,
  response: findingPageSchema,
  async handle({ params, query, credentials }, services) {
    const { visibility, seeSecrets } = await readerOfRepository(
      ...([params.id, credentials, services] as const),
    );
    const page = await services.security.findings(
      ...([query, visibility, params.id] as const),
    );
    return {
      ...page,
      items: page.items.map(one => hidePlace(one, seeSecrets)),
    };
  },
});
