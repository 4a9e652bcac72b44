import type { CampaignCounts } from 'backstage-plugin-fettle-common';

/** States of repositories, in the order of the way that they go. */
export const ITEM_STATES = [
  ...(['healed', 'open', 'running', 'blocked', 'waiting', 'planning'] as const),
  ...(['failed', 'impossible', 'cancelled', 'nothing'] as const),
] satisfies readonly (keyof CampaignCounts)[];

/** As the gate between waves counts them. */
export function failuresOf(counts: CampaignCounts): number {
  return counts.failed + counts.impossible + counts.cancelled;
}

/** Repositories where nothing happens any more. */
export function doneOf(counts: CampaignCounts): number {
  return counts.healed + counts.nothing + failuresOf(counts);
}
