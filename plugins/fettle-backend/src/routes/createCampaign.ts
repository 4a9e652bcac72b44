import {
  campaignManagePermission,
  campaignRequestSchema,
  campaignSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { presentCampaigns } from './readCampaigns';
import { readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const createCampaign = defineRoute({
  id: 'createCampaign',
  method: 'post',
  path: '/campaigns',
  summary: 'Make a draft of a campaign, and plan it; changes nothing',
  body: campaignRequestSchema,
  response: campaignSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    const visibility = await readerOfPlans(credentials, services);
    await services.access.require(campaignManagePermission, credentials);
    const campaign = await services.campaigns.service.create(
      ...([body, actorOf(credentials), visibility] as const),
    );
    const [view] = await presentCampaigns(
      ...([[campaign], visibility, credentials, services] as const),
    );
    return view;
  },
});
