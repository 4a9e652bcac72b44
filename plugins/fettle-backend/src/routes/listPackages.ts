import {
  packagePageSchema,
  packageQuerySchema,
} from 'backstage-plugin-fettle-common';
import { readerOfFindings } from './readFindings';
import { defineRoute } from './Route';

export const listPackages = defineRoute({
  id: 'listPackages',
  method: 'get',
  path: '/packages',
  summary: 'The packages of the fleet, by how many repositories use them',
  query: packageQuerySchema,
  response: packagePageSchema,
  async handle({ query, credentials }, services) {
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    return services.security.packages(query, visibility);
  },
});
