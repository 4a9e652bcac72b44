import {
  packageUsesQuerySchema,
  packageUsesSchema,
} from 'backstage-plugin-fettle-common';
import { readerOfFindings } from './readFindings';
import { defineRoute } from './Route';

export const getPackageUses = defineRoute({
  id: 'getPackageUses',
  method: 'get',
  path: '/packages/uses',
  summary: 'Every use of one package over the fleet',
  query: packageUsesQuerySchema,
  response: packageUsesSchema,
  async handle({ query, credentials }, services) {
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    return services.security.packageUses(query, visibility);
  },
});
