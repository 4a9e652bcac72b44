import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  CampaignAction,
  CampaignRequest,
} from 'backstage-plugin-fettle-common';
import type { PlaybookSet, ProblemReader } from '../playbooks/LoadedPlaybook';
import { compile, type Expression } from '../policies/language/compile';
import { SCOPES } from '../policies/language/environment';
import { ExpressionError } from '../policies/language/ExpressionError';
import { planStateAt } from '../remediate/approve/approvals';
import type { AuditTrail } from '../remediate/AuditTrail';
import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type { StoredCampaign } from '../store/campaigns/StoredCampaign';
import type { Visibility } from '../store/FettleStore';
import { CampaignActs, lookedAt, type CampaignOrder } from './CampaignActs';
import type { CampaignNews } from './CampaignNews';
import type { CampaignRunner } from './CampaignRunner';

/** What people do with campaigns. */
export class CampaignService {
  readonly #acts: CampaignActs;

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
  ) {
    this.#acts = new CampaignActs(options);
  }

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
    const [from, act] = this.#acts.of(action, order);
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

  /** Plans that ran out are made anew before anybody says yes to them. */
  async #assertFresh(
    { id, state, createdBy }: StoredCampaign,
    { hash }: CampaignOrder,
  ): Promise<void> {
    const { store, clock, runner, news } = this.options;
    lookedAt(hash);
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

function compileScope(when: string | null): Expression | null {
  if (when === null) return null;
  try {
    return compile(when, SCOPES, 'The scope');
  } catch (error) {
    if (error instanceof ExpressionError) throw new InputError(error.message);
    throw error;
  }
}
