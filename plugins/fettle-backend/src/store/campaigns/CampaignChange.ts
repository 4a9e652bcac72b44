import type { CampaignState, Reason } from 'backstage-plugin-fettle-common';
import { storableJson } from '../storable';
import type { CampaignRow } from './rows';

/** What changes of a campaign; what is left out stays. */
export interface CampaignChange {
  state?: CampaignState;
  reason?: Reason | null;
  wave?: number;
  accepted?: Record<string, number>;
  startedBy?: string;
  startedAt?: string;
  endedAt?: string | null;
  endedBy?: string;
}

export function toColumns(change: CampaignChange): Partial<CampaignRow> {
  const { state, reason, wave, accepted, startedBy, startedAt } = change;
  const { endedAt, endedBy } = change;
  return {
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason: reason && storableJson(reason) }),
    ...(wave !== undefined && { wave }),
    ...(accepted && { accepted: JSON.stringify(accepted) }),
    ...(startedBy !== undefined && { started_by: startedBy }),
    ...(startedAt !== undefined && { started_at: startedAt }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(endedBy !== undefined && { ended_by: endedBy }),
  };
}
