import type {
  Campaign,
  CampaignCounts,
  CampaignState,
} from 'backstage-plugin-fettle-common';
import {
  NO_COUNTS,
  type CampaignApproval,
  type StoredCampaign,
  type Tally,
} from '../store/campaigns/StoredCampaign';

/** What a reader may do with campaigns. */
export interface CampaignRights {
  actor: string;
  manage: boolean;
  approve: boolean;
}

/** A campaign as the API shows it, with numbers of what the reader may see. */
export function toCampaignView(
  campaign: StoredCampaign,
  tallies: ReadonlyMap<number, Tally>,
  approvals: readonly CampaignApproval[],
  rights: CampaignRights,
): Campaign {
  const { createdBy, state, hash, reason } = campaign;
  const all = [...tallies.values()];
  const approvalsNeeded = Math.max(
    0,
    ...all.map(tally => tally.approvalsNeeded),
  );
  return {
    ...{ id: campaign.id, title: campaign.title, state, reason },
    playbookId: campaign.playbookId,
    playbookTitle: campaign.playbookTitle,
    ...{ scope: campaign.scope, order: campaign.order },
    mostFailures: campaign.mostFailures,
    waves: Array.from({ length: campaign.waveCount }, (_, i) =>
      toWave(campaign, i + 1, tallies.get(i + 1)),
    ),
    counts: sum(all.map(({ counts }) => counts)),
    ...{ hash, approvalsNeeded },
    approvals: approvals.map(({ actor, at }) => ({ actor, at })),
    ...{ createdBy, createdAt: campaign.createdAt },
    ...{ startedAt: campaign.startedAt, endedAt: campaign.endedAt },
    can: {
      manage: rights.manage,
      approve:
        rights.approve &&
        approvalsNeeded > 0 &&
        createdBy !== rights.actor &&
        hash !== null &&
        OPEN.includes(state),
    },
    revision: campaign.revision,
  };
}

const OPEN: readonly CampaignState[] = ['draft', 'running', 'paused'];

function toWave(
  { wave, state, mostFailures }: StoredCampaign,
  number: number,
  tally: Tally | undefined,
): Campaign['waves'][number] {
  const counts = tally?.counts ?? NO_COUNTS;
  const bad = counts.failed + counts.cancelled + counts.impossible;
  const at = (is: Campaign['waves'][number]['state']) => ({
    ...{ number, counts, state: is },
  });
  if (number > wave) return at('waiting');
  if (bad > mostFailures * counts.all) return at('failed');
  const left =
    counts.planning + counts.waiting + counts.blocked + counts.running;
  const isOver = left + counts.open === 0;
  if (number < wave || state === 'finished' || isOver) return at('done');
  return at(left === (tally?.verifying ?? 0) ? 'verifying' : 'running');
}

function sum(all: readonly CampaignCounts[]): CampaignCounts {
  const total = { ...NO_COUNTS };
  for (const counts of all) {
    for (const key of Object.keys(total) as (keyof CampaignCounts)[]) {
      total[key] += counts[key];
    }
  }
  return total;
}
