import { campaignSchema } from 'backstage-plugin-fettle-common';
import { findCampaign, presentCampaigns } from './readCampaigns';
import { readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const getCampaign = defineRoute({
  id: 'getCampaign',
  method: 'get',
  path: '/campaigns/:id',
  summary: 'One campaign with its waves',
  response: campaignSchema,
  async handle({ params, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    const campaign = await findCampaign(params.id, visibility, services);
    const [view] = await presentCampaigns(
      ...([[campaign], visibility, credentials, services] as const),
    );
    return view;
  },
});
