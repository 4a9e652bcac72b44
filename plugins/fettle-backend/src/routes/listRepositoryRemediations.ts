import {
  remediationPageSchema,
  remediationQuerySchema,
} from 'backstage-plugin-fettle-common';
import { toRemediationView } from '../remediate/present';
import { assertVisible, readerOfPlans, seesSecrets } from './readPlans';
import { defineRoute } from './Route';

export const listRepositoryRemediations = defineRoute({
  id: 'listRepositoryRemediations',
  method: 'get',
  path: '/repositories/:id/remediations',
  summary: 'Remediations of one repository, changed last first',
  query: remediationQuerySchema,
  response: remediationPageSchema,
  async handle({ params, query, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    await assertVisible(params.id, visibility, services);
    const page = await services.remediation.store.listRemediations(
      ...([query, visibility, params.id] as const),
    );
    const seeSecrets = await seesSecrets(credentials, services);
    return {
      ...page,
      items: page.items.map(one => toRemediationView(one, seeSecrets)),
    };
  },
});
