import { ConflictError, InputError } from '@backstage/errors';
import type {
  CampaignAction,
  CampaignState,
} from 'backstage-plugin-fettle-common';
import type { PlaybookSet } from '../playbooks/LoadedPlaybook';
import { nameOf } from '../remediate/nameOf';
import type { CampaignChange } from '../store/campaigns/CampaignChange';
import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type { StoredCampaign } from '../store/campaigns/StoredCampaign';
import { failuresByWave } from './decideNext';

type Act = Parameters<DatabaseCampaignStore['act']>[3];

/** Who does what, and why. */
export interface CampaignOrder {
  actor: string;
  /** Of the plans that were looked at. */
  hash: string | undefined;
  reason: string | null;
}

/** What each action of a person does to a campaign, in one transaction. */
export class CampaignActs {
  constructor(
    private readonly options: {
      store: DatabaseCampaignStore;
      playbooks: PlaybookSet;
      clock: () => Date;
    },
  ) {}

  /** From which states it may be done, and what it does there. */
  of(
    action: CampaignAction['action'],
    order: CampaignOrder,
  ): [readonly CampaignState[], Act] {
    switch (action) {
      case 'approve':
        return [['draft', 'running', 'paused'], this.#approve(order)];
      case 'start':
        return [['draft', 'running', 'paused'], this.#start(order)];
      case 'pause':
        return [['running'], async () => pausedBy(order)];
      case 'resume':
        return [['paused'], (trx, campaign) => this.#resume(trx, campaign)];
      case 'cancel':
        return [
          ['planning', 'draft', 'running', 'paused'],
          async () => this.#cancel(order),
        ];
      default:
        return [
          ['draft', 'running', 'paused', 'finished'],
          (trx, campaign) => this.#retry(trx, campaign, order),
        ];
    }
  }

  #approve({ hash, actor, reason }: CampaignOrder): Act {
    const { store, playbooks, clock } = this.options;
    return async (trx, campaign) => {
      const { id, state } = campaign;
      const now = clock();
      const seconds = playbooks.get(campaign.playbookId)?.view.approval
        .expiresAfterSeconds;
      if (seconds === undefined) throw notEnabled(campaign);
      const expiresAt = new Date(now.getTime() + seconds * 1000);
      await store.approve(
        trx,
        {
          ...{ campaignId: id, hash: lookedAt(hash), actor, reason, expiresAt },
        },
        now,
      );
      // Once it runs, what was looked at and approved needs no second word.
      if (state !== 'draft') await store.releasePlans(trx, id, lookedAt(hash));
      return {};
    };
  }

  #start({ hash, actor }: CampaignOrder): Act {
    const { store, clock, playbooks } = this.options;
    return async (trx, campaign) => {
      const playbook = playbooks.get(campaign.playbookId);
      if (!playbook) throw notEnabled(campaign);
      if (playbook.view.level === 'observe') {
        throw new ConflictError(
          `'${campaign.playbookTitle}' only says what it would do. Raise its level to 'propose' or 'enforce' to have it applied.`,
        );
      }
      await store.releasePlans(trx, campaign.id, lookedAt(hash));
      if (campaign.state !== 'draft') return {};
      const waiting = await store.waitingPlans(trx, campaign.id);
      if (waiting > 0) {
        throw new ConflictError(
          `${waiting} of its plans wait for approvals by others.`,
        );
      }
      return {
        ...{ state: 'running', wave: 1, startedBy: actor },
        startedAt: clock().toISOString(),
      };
    };
  }

  async #resume(
    trx: Parameters<Act>[0],
    { id }: StoredCampaign,
  ): Promise<CampaignChange> {
    const { store, clock } = this.options;
    const failures = failuresByWave(await store.standings(id, trx));
    await store.wake(trx, id, clock());
    return {
      ...{ state: 'running', reason: null },
      accepted: Object.fromEntries(
        [...failures].map(([wave, of]) => [wave, of.failures]),
      ),
    };
  }

  #cancel({ actor, reason }: CampaignOrder): CampaignChange {
    return {
      ...{ state: 'cancelled', endedBy: actor },
      endedAt: this.options.clock().toISOString(),
      reason: {
        code: 'cancelled',
        message: `${nameOf(actor)} cancelled it${reason ? `: ${reason}` : '.'}`,
        action: '',
      },
    };
  }

  async #retry(
    trx: Parameters<Act>[0],
    { id, state }: StoredCampaign,
    { actor }: CampaignOrder,
  ): Promise<CampaignChange> {
    const { store } = this.options;
    const failed = (await store.standings(id, trx)).filter(
      one =>
        (one.state === 'failed' || one.state === 'impossible') &&
        // Once it runs, its places are given.
        (state === 'draft' || one.wave > 0),
    );
    if (failed.length === 0) {
      throw new ConflictError('None of its repositories failed.');
    }
    await store.planAgain(
      ...([trx, id, failed.map(one => one.repositoryId), actor] as const),
    );
    if (state === 'draft') return { state: 'planning' };
    return {
      accepted: {},
      ...(state === 'finished' && { state: 'running', endedAt: null }),
    };
  }
}

export function lookedAt(hash: string | undefined): string {
  if (hash) return hash;
  throw new InputError(
    'Say which plans you looked at: `hash` is missing. GET /campaigns/:id tells it.',
  );
}

function pausedBy({ actor, reason }: CampaignOrder): CampaignChange {
  return {
    state: 'paused',
    reason: {
      code: 'paused',
      message: `${nameOf(actor)} paused it${reason ? `: ${reason}` : '.'}`,
      action: 'Resume it when it may go on.',
    },
  };
}

function notEnabled({ playbookTitle }: StoredCampaign): ConflictError {
  return new ConflictError(`'${playbookTitle}' is not enabled any more.`);
}
