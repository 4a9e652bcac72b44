import {
  planPageSchema,
  planQuerySchema,
} from 'backstage-plugin-fettle-common';
import { toPlanView } from '../remediate/present';
import { readerOfPlans, rightsOf, seesSecrets } from './readPlans';
import { defineRoute } from './Route';

export const listPlans = defineRoute({
  id: 'listPlans',
  method: 'get',
  path: '/plans',
  summary: 'Plans, newest first',
  query: planQuerySchema,
  response: planPageSchema,
  async handle({ query, credentials }, services) {
    const { now } = services.clock();
    const visibility = await readerOfPlans(credentials, services);
    const [rights, seeSecrets] = await Promise.all([
      rightsOf(credentials, services),
      seesSecrets(credentials, services),
    ]);
    const page = await services.remediation.store.listPlans(
      ...([query, visibility, now] as const),
    );
    return {
      ...page,
      items: page.items.map(plan =>
        toPlanView(plan, { now, rights, seeSecrets }),
      ),
    };
  },
});
