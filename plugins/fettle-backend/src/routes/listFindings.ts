import {
  findingPageSchema,
  findingQuerySchema,
} from 'backstage-plugin-fettle-common';
import { hidePlace, readerOfFindings } from './readFindings';
import { defineRoute } from './Route';

export const listFindings = defineRoute({
  id: 'listFindings',
  method: 'get',
  path: '/findings',
  summary: 'Findings of every repository, what to fix first on top',
  query: findingQuerySchema,
  response: findingPageSchema,
  async handle({ query, credentials }, services) {
    const { visibility, seeSecrets } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const page = await services.security.findings(query, visibility);
    return {
      ...page,
      items: page.items.map(one => hidePlace(one, seeSecrets)),
    };
  },
});
