import { campaignsSchema } from 'backstage-plugin-fettle-common';
import { presentCampaigns } from './readCampaigns';
import { readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const listCampaigns = defineRoute({
  id: 'listCampaigns',
  method: 'get',
  path: '/campaigns',
  summary: 'Campaigns, newest first, with the numbers of what you may see',
  response: campaignsSchema,
  async handle({ credentials }, services) {
    const { store } = services.campaigns;
    const visibility = await readerOfPlans(credentials, services);
    const revision = await store.revision();
    const items = await presentCampaigns(
      ...([await store.list(), visibility, credentials, services] as const),
    );
    return { items, revision };
  },
});
