import type {
  Campaign,
  CampaignAction,
  PlaybookLevel,
} from 'backstage-plugin-fettle-common';

type Act = CampaignAction['action'];

export function isApproved(
  campaign: Pick<Campaign, 'approvals' | 'approvalsNeeded'>,
): boolean {
  return campaign.approvals.length >= campaign.approvalsNeeded;
}

/** What can be done with a campaign as it is, by who may; the backend has the last word. */
export function possibleActs(
  campaign: Campaign,
  level: PlaybookLevel | undefined,
  /** Whether plans were made anew since it began, which nobody released yet. */
  moved: boolean,
): Act[] {
  const { state, counts, can, hash } = campaign;
  const acts: Act[] = [];
  const waits = counts.waiting > 0;
  const approvable = can.approve && waits && !isApproved(campaign);
  if (!can.manage) return approvable ? ['approve'] : [];
  const startable =
    hash !== null && waits && level !== 'observe' && isApproved(campaign);
  const isOpen = state === 'draft' || state === 'running' || state === 'paused';
  const failed = counts.failed + counts.impossible;
  if (failed > 0 && (isOpen || state === 'finished')) acts.push('retry-failed');
  if (isOpen || state === 'planning') acts.push('cancel');
  if (state === 'running') acts.push('pause');
  if (state === 'paused') acts.push('resume');
  if (startable && (state === 'draft' || (isOpen && moved))) acts.push('start');
  // What goes on comes last, where the hand is.
  if (approvable) acts.push('approve');
  return acts;
}
