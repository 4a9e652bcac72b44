import { NotAllowedError } from '@backstage/errors';
import {
  campaignActionSchema,
  campaignManagePermission,
  campaignSchema,
  planApprovePermission,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findCampaign, presentCampaigns } from './readCampaigns';
import { readerOfPlans } from './readPlans';
import { defineRoute } from './Route';

export const actOnCampaign = defineRoute({
  id: 'actOnCampaign',
  method: 'post',
  path: '/campaigns/:id/actions',
  summary:
    'Approve a campaign by its hash, start, pause, resume or cancel it, or retry what failed',
  body: campaignActionSchema,
  response: campaignSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    const { service, store } = services.campaigns;
    const { action, hash, reason = null } = body;
    const visibility = await readerOfPlans(credentials, services);
    const { id } = await findCampaign(params.id, visibility, services);
    await services.access.require(
      action === 'approve' ? planApprovePermission : campaignManagePermission,
      credentials,
    );
    if (action === 'approve' || action === 'start') {
      const hidden = await store.hidden(id, visibility);
      if (hidden > 0) {
        throw new NotAllowedError(
          `You may not see ${hidden} of its repositories, so you cannot say yes to what is changed there.`,
        );
      }
    }
    const campaign = await service.act(id, action, {
      ...{ actor: actorOf(credentials), hash, reason },
    });
    const [view] = await presentCampaigns(
      ...([[campaign], visibility, credentials, services] as const),
    );
    return view;
  },
});
