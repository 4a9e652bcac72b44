import {
  remediationPageSchema,
  remediationQuerySchema,
} from 'backstage-plugin-fettle-common';
import { toRemediationView } from '../remediate/present';
import { readerOfPlans, seesSecrets } from './readPlans';
import { defineRoute } from './Route';

export const listRemediations = defineRoute({
  id: 'listRemediations',
  method: 'get',
  path: '/remediations',
  summary: 'Remediations of every repository, changed last first',
  query: remediationQuerySchema,
  response: remediationPageSchema,
  async handle({ query, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    const page = await services.remediation.store.listRemediations(
      ...([query, visibility] as const),
    );
    const seeSecrets = await seesSecrets(credentials, services);
    return {
      ...page,
      items: page.items.map(one => toRemediationView(one, seeSecrets)),
    };
  },
});
