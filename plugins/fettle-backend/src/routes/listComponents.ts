import {
  componentPageSchema,
  componentQuerySchema,
} from 'backstage-plugin-fettle-common';
import { readerOfRepository } from './readFindings';
import { defineRoute } from './Route';

export const listComponents = defineRoute({
  id: 'listComponents',
  method: 'get',
  path: '/repositories/:id/components',
  summary: 'The components of a repository at its head',
  query: componentQuerySchema,
  response: componentPageSchema,
  async handle({ params, query, credentials }, services) {
    const { visibility } = await readerOfRepository(
      ...([params.id, credentials, services] as const),
    );
    return services.security.components(params.id, query, visibility);
  },
});
