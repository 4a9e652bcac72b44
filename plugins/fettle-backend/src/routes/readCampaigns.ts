import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  campaignManagePermission,
  planApprovePermission,
  type Campaign,
} from 'backstage-plugin-fettle-common';
import { toCampaignView } from '../campaigns/present';
import type { StoredCampaign } from '../store/campaigns/StoredCampaign';
import type { Visibility } from '../store/FettleStore';
import { actorOf } from './acceptFinding';
import type { RouteServices } from './Route';

/** Throws NotFoundError; who sees no repository of a campaign does not see it. */
export async function findCampaign(
  id: string,
  visibility: Visibility,
  { campaigns: { store } }: RouteServices,
): Promise<StoredCampaign> {
  const campaign = await store.get(id);
  if (campaign && (await store.tally([campaign.id], visibility)).size > 0) {
    return campaign;
  }
  throw new NotFoundError(
    `There is no campaign '${id}', or you may see none of its repositories.`,
  );
}

/** Campaigns with the numbers of what the reader may see; those without any are left out. */
export async function presentCampaigns(
  campaigns: readonly StoredCampaign[],
  visibility: Visibility,
  credentials: BackstageCredentials,
  { access, campaigns: { store }, clock }: RouteServices,
): Promise<Campaign[]> {
  const ids = campaigns.map(({ id }) => id);
  const [manage, approve, tallies, approvals] = await Promise.all([
    access.allows(campaignManagePermission, credentials),
    access.allows(planApprovePermission, credentials),
    store.tally(ids, visibility),
    store.approvals(ids, clock().now),
  ]);
  const rights = { actor: actorOf(credentials), manage, approve };
  return campaigns.flatMap(campaign => {
    const tally = tallies.get(campaign.id);
    return tally
      ? toCampaignView(
          campaign,
          tally,
          approvals.get(campaign.id) ?? [],
          rights,
        )
      : [];
  });
}
