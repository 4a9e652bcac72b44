import {
  campaignItemPageSchema,
  campaignItemQuerySchema,
} from 'backstage-plugin-fettle-common';
import { findCampaign } from './readCampaigns';
import { readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const listCampaignItems = defineRoute({
  id: 'listCampaignItems',
  method: 'get',
  path: '/campaigns/:id/items',
  summary: 'Repositories of a campaign, in the order in which they are changed',
  query: campaignItemQuerySchema,
  response: campaignItemPageSchema,
  async handle({ params, query, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    const { id } = await findCampaign(params.id, visibility, services);
    return services.campaigns.store.page(
      ...([id, query, visibility, services.clock().now] as const),
    );
  },
});
