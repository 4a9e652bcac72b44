import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  CampaignAction,
  CampaignRequest,
  CampaignState,
} from 'backstage-plugin-fettle-common';
import type { PlaybookSet, ProblemReader } from '../playbooks/LoadedPlaybook';
import { compile, type Expression } from '../policies/language/compile';
import { SCOPES } from '../policies/language/environment';
import { ExpressionError } from '../policies/language/ExpressionError';
import { planStateAt } from '../remediate/approve/approvals';
import type { AuditTrail } from '../remediate/AuditTrail';
import type {
  CampaignChange,
  DatabaseCampaignStore,
} from '../store/campaigns/DatabaseCampaignStore';
import type { StoredCampaign } from '../store/campaigns/StoredCampaign';
import type { Visibility } from '../store/FettleStore';
import type { CampaignNews } from './CampaignNews';
import type { CampaignRunner } from './CampaignRunner';
import { failuresByWave } from './decideNext';
import { nameOf } from '../remediate/nameOf';

type Act = Parameters<DatabaseCampaignStore['act']>[3];

/** Who does what, and why. */
export interface CampaignOrder {
  actor: string;
  /** Of the plans that were looked at. */
  hash: string | undefined;
  reason: string | null;
}

/** What people do with campaigns. */
export class CampaignService {
  constructor(
    private readonly options: {
      store: DatabaseCampaignStore;
      runner: CampaignRunner;
      playbooks: PlaybookSet;
      problems: ProblemReader;
      audit: AuditTrail;
      news: CampaignNews;
      clock: () => Date;
    },
  ) {}

  /**
   * Makes a draft of those repositories that are in the scope of its playbook,
   * in its own, and in the sight of who makes it. Their plans are made after
   * that, in the background.
   *
   * @throws InputError for a scope that is wrong, or without a repository in it
   */
  async create(
    request: CampaignRequest,
    actor: string,
    visibility: Visibility,
  ): Promise<StoredCampaign> {
    const { store, playbooks, problems, audit, news } = this.options;
    const playbook = playbooks.get(request.playbookId);
    if (!playbook) {
      throw new NotFoundError(`There is no playbook '${request.playbookId}'.`);
    }
    const { view } = playbook;
    const own = {
      view: { ...view, scope: request.scope },
      when: compileScope(request.scope.when),
    };
    const [ofPlaybook, ofCampaign] = [
      await problems.inScope(playbook),
      await problems.inScope(own),
    ];
    const wanted = new Set(ofCampaign.map(({ id }) => id));
    const ids = ofPlaybook.flatMap(({ id }) => (wanted.has(id) ? [id] : []));
    const repositories = await store.visible(ids, visibility);
    if (repositories.length === 0) {
      throw new InputError(
        `No repository that you may see is in the scope of '${view.title}' and of the campaign.`,
      );
    }
    const campaign = await store.create(
      { ...request, playbookTitle: view.title, createdBy: actor },
      repositories.map(({ id }) => id),
      this.options.clock(),
    );
    await audit.note('campaign-created', {
      ...{ campaignId: campaign.id, actor, playbookId: view.id },
      ...{ scope: request.scope, repositories: repositories.length },
    });
    news.changed(campaign);
    this.options.runner.poke(campaign.id);
    return campaign;
  }

  /** Does what a person asks for, and gives what the campaign is by that. */
  async act(
    id: string,
    action: CampaignAction['action'],
    order: CampaignOrder,
  ): Promise<StoredCampaign> {
    const { store, audit, news, runner, clock } = this.options;
    const before = await this.#get(id);
    if (action === 'approve' || action === 'start') {
      await this.#assertFresh(before, order);
    }
    const [from, act] = this.#acts(action, order);
    const after = await store.act(id, from, clock(), act);
    await audit.note(
      `campaign-${action}`,
      {
        ...{ campaignId: id, ...order, playbookId: after.playbookId },
        hash: after.hash,
        before: { state: before.state, wave: before.wave },
        after: { state: after.state, wave: after.wave },
      },
      action === 'start' || action === 'approve' ? 'high' : 'medium',
    );
    news.changed(after);
    runner.poke(id);
    return after;
  }

  #acts(
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
          ...{ campaignId: id, hash: given(hash), actor, reason, expiresAt },
        },
        now,
      );
      // Once it runs, what was looked at and approved needs no second word.
      if (state !== 'draft') await store.releasePlans(trx, id, given(hash));
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
      await store.releasePlans(trx, campaign.id, given(hash));
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

  /** Plans that ran out are made anew before anybody says yes to them. */
  async #assertFresh(
    { id, state, createdBy }: StoredCampaign,
    { hash }: CampaignOrder,
  ): Promise<void> {
    const { store, clock, runner, news } = this.options;
    given(hash);
    if (!['draft', 'running', 'paused'].includes(state)) return;
    const now = clock();
    const old = (await store.standings(id)).filter(
      one =>
        one.remediationId === null &&
        one.planState !== null &&
        planStateAt(
          { state: one.planState, expiresAt: one.planExpiresAt },
          now,
        ) === 'expired',
    );
    if (old.length === 0) return;
    const ids = old.map(({ repositoryId }) => repositoryId);
    news.changed(
      await store.act(id, [state], now, async trx => {
        await store.planAgain(trx, id, ids, createdBy);
        return state === 'draft' ? { state: 'planning' } : {};
      }),
    );
    runner.poke(id);
    throw new ConflictError(
      `${old.length} of its plans ran out and are made anew: look at them again when they are there.`,
    );
  }

  async #get(id: string): Promise<StoredCampaign> {
    const campaign = await this.options.store.get(id);
    if (!campaign) throw new NotFoundError(`There is no campaign '${id}'.`);
    return campaign;
  }
}

function given(hash: string | undefined): string {
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

function compileScope(when: string | null): Expression | null {
  if (when === null) return null;
  try {
    return compile(when, SCOPES, 'The scope');
  } catch (error) {
    if (error instanceof ExpressionError) throw new InputError(error.message);
    throw error;
  }
}
