import {
  planPageSchema,
  planQuerySchema,
} from 'backstage-plugin-fettle-common';
import { toPlanView } from '../remediate/present';
import { readerOfPlans, rightsOf } from './readPlans';
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
    const rights = await rightsOf(credentials, services);
    const page = await services.remediation.store.listPlans(
      ...([query, visibility, now] as const),
    );
    return {
      ...page,
      items: page.items.map(plan => toPlanView(plan, { now, rights })),
    };
  },
});
