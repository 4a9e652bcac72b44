import { complianceSchema } from 'backstage-plugin-fettle-common';
import { readerOfPolicies } from './readPolicies';
import { defineRoute } from './Route';

export const listCompliance = defineRoute({
  id: 'listCompliance',
  method: 'get',
  path: '/compliance',
  summary: 'Every framework, and how many of its controls are met',
  response: complianceSchema,
  async handle({ credentials }, services) {
    const visibility = await readerOfPolicies(credentials, services);
    return services.compliance.reader.overview(visibility);
  },
});
