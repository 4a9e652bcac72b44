import {
  FETTLE,
  type RemediationService,
} from '../remediate/RemediationService';
import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type { StoredCampaign } from '../store/campaigns/StoredCampaign';

const AT_ONCE = 8;

/** Ends what is under way in a campaign; what is in force already stays, and is verified. */
export async function cancelRemediations(
  { id, title, endedBy }: StoredCampaign,
  parts: {
    store: Pick<DatabaseCampaignStore, 'standings'>;
    service: Pick<RemediationService, 'cancel'>;
  },
): Promise<void> {
  const left = (await parts.store.standings(id)).filter(
    ({ remediationState, cancelAsked, change }) =>
      !cancelAsked &&
      change?.state !== 'merged' &&
      ['blocked', 'applying', 'open'].includes(remediationState ?? ''),
  );
  const reason = `The campaign '${title}' was cancelled.`;
  const work = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      try {
        const remediation = one.remediationId!;
        await parts.service.cancel(remediation, endedBy ?? FETTLE, reason);
      } catch (error) {
        // It ended meanwhile, by itself.
        if ((error as Error).name !== 'ConflictError') throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
