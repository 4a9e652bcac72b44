import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import type { PlaybookSet } from '../playbooks/LoadedPlaybook';
import type { AuditTrail } from '../remediate/AuditTrail';
import {
  FETTLE,
  type RemediationService,
} from '../remediate/RemediationService';
import type { CampaignChange } from '../store/campaigns/CampaignChange';
import {
  CampaignLostError,
  type DatabaseCampaignStore,
} from '../store/campaigns/DatabaseCampaignStore';
import type {
  Standing,
  StoredCampaign,
} from '../store/campaigns/StoredCampaign';
import type { WorkEngine } from '../work/WorkEngine';
import type { CampaignNews } from './CampaignNews';
import type { CampaignPlanner } from './CampaignPlanner';
import { cancelRemediations } from './cancelRemediations';
import { decideNext, type Next } from './decideNext';

const CAMPAIGN = 'campaign';
/** How long a dead process keeps a campaign. */
const LEASE_MS = 15_000;
const UNREAD_MS = 15_000;
/** Remediations that come to a state within this are looked at together. */
const TOGETHER_MS = 50;

/**
 * Carries campaigns out. All that it goes by is in rows: it looks how the
 * repositories stand and does what follows from that, as often as anything
 * changed. So it can be stopped at any point, and nothing is done twice: a
 * repository has one plan, and a plan one remediation.
 */
export class CampaignRunner {
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly options: {
      store: DatabaseCampaignStore;
      planner: CampaignPlanner;
      service: Pick<RemediationService, 'apply' | 'cancel'>;
      playbooks: PlaybookSet;
      audit: AuditTrail;
      news: CampaignNews;
      work: WorkEngine;
      clock: () => Date;
      logger: LoggerService;
    },
  ) {}

  /** Before the engine runs. */
  register(): void {
    this.options.work.register({
      id: CAMPAIGN,
      run: async (context, { id }: { id: string }) =>
        context.step('drive', async () => {
          await this.drive(id);
          return null;
        }),
    });
  }

  /** What is due and nobody has: each replica takes its share. */
  async sweep(): Promise<void> {
    const { store, work, clock } = this.options;
    const now = clock();
    const minute = Math.floor(now.getTime() / 60_000);
    for (const { id, fence } of await store.due(now)) {
      const key = `campaign:${id}:${fence}:${minute}`;
      await work.start(CAMPAIGN, { id }, { key });
    }
  }

  /** Something changed that the campaign may wait for. */
  poke(id: string): void {
    if (this.#timers.has(id) || this.#stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.#nudge(id).catch(error =>
        this.options.logger.warn(`A campaign goes on later: ${error}`),
      );
    }, TOGETHER_MS);
    timer.unref();
    this.#timers.set(id, timer);
  }

  /** Until it waits or ends. */
  drive(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running) {
      this.#again.add(id);
      return running;
    }
    const started = this.#drive(id).finally(() => this.#running.delete(id));
    this.#running.set(id, started);
    return started;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.allSettled(this.#running.values());
  }

  /** The process that has it hears of it by the row. */
  async #nudge(id: string): Promise<void> {
    if (!this.#running.has(id)) {
      await this.options.store.nudge(id, this.options.clock());
    }
    await this.drive(id);
  }

  async #drive(id: string): Promise<void> {
    const { store, clock, logger } = this.options;
    for (;;) {
      this.#again.delete(id);
      const now = clock();
      const leaseUntil = new Date(now.getTime() + LEASE_MS);
      const campaign = await store.claim(id, { now, leaseUntil });
      if (!campaign) return;
      const lost = new AbortController();
      const heartbeat = this.#keepLease(campaign, lost);
      let dueAt: Date | null = now;
      try {
        const signal = AbortSignal.any([lost.signal, this.#stopping.signal]);
        dueAt = await this.#step(campaign, signal);
      } catch (error) {
        if (!(error instanceof CampaignLostError)) throw error;
        logger.debug(`The campaign ${id} changed meanwhile`);
      } finally {
        clearInterval(heartbeat);
        const nudged = await store.release(campaign, dueAt);
        if (nudged) this.#again.add(id);
      }
      if (this.#stopping.signal.aborted) return;
      const isDue = dueAt !== null && dueAt <= clock();
      if (!isDue && !this.#again.has(id)) return;
    }
  }

  /** One look at it; gives when it is looked at next. */
  async #step(
    claimed: StoredCampaign,
    signal: AbortSignal,
  ): Promise<Date | null> {
    const { store, planner, news, clock } = this.options;
    if (claimed.state === 'cancelled') {
      await cancelRemediations(claimed, this.options);
      return null;
    }
    if (claimed.state === 'finished') return null;
    // Its playbook cannot be told from one that is gone yet.
    if (this.options.playbooks.unread(claimed.playbookId)) {
      return new Date(clock().getTime() + UNREAD_MS);
    }
    const followed = await store.followSuperseded(claimed.id);
    if (followed) news.changed(followed);
    await planner.planMissing(claimed, signal);
    if (signal.aborted) return clock();
    if (claimed.state === 'planning') {
      await planner.place(claimed);
      return null;
    }
    return claimed.state === 'running' ? this.#goOn(claimed) : null;
  }

  async #goOn(campaign: StoredCampaign): Promise<Date | null> {
    const { store, playbooks, clock } = this.options;
    const playbook = playbooks.get(campaign.playbookId);
    if (!playbook) {
      await this.#save(campaign, 'campaign-paused', {
        ...{ state: 'paused', reason: noPlaybook(campaign) },
      });
      return null;
    }
    const standings = await store.standings(campaign.id);
    const packages = standings.flatMap(({ libraries }) =>
      libraries.flatMap(one => one.packages.map(({ id }) => id)),
    );
    const next = decideNext(campaign, standings, {
      releases: await store.releases([...new Set(packages)]),
      settleSeconds: playbook.view.verification.settleSeconds,
      now: clock(),
    });
    if (next.pause) {
      await this.#save(campaign, 'campaign-paused', {
        ...{ state: 'paused', reason: next.pause },
      });
      return null;
    }
    await this.#begin(campaign, next);
    if (next.finish) {
      await this.#save(campaign, 'campaign-finished', {
        ...{ state: 'finished', endedAt: clock().toISOString() },
      });
      return null;
    }
    if (next.wave !== undefined) {
      await this.#save(campaign, 'campaign-wave', { wave: next.wave });
    }
    return next.planAgain.length > 0 ? clock() : next.dueAt;
  }

  async #begin(campaign: StoredCampaign, next: Next): Promise<void> {
    const { store, news } = this.options;
    if (next.planAgain.length > 0) {
      await store.savePlanned(
        campaign.id,
        next.planAgain.map(({ repositoryId }) => ({
          ...{ repositoryId, planId: null, outcome: null, reason: null },
        })),
      );
    }
    await Promise.all(
      next.start.map(async one => {
        const refused = await this.#apply(campaign, one);
        if (refused) next.reasons.set(one.repositoryId, refused);
      }),
    );
    if (next.reasons.size > 0) {
      news.changed(await store.saveReasons(campaign.id, next.reasons));
    }
  }

  /** Why it was not begun; null where it was. */
  async #apply(
    { startedBy }: StoredCampaign,
    { planId, planHash }: Standing,
  ): Promise<Reason | null> {
    try {
      await this.options.service.apply(planId!, planHash!, startedBy ?? FETTLE);
      return null;
    } catch (error) {
      // What nobody may apply now says so beside the others; all else stops here, and is done again.
      if ((error as Error).name !== 'ConflictError') throw error;
      return {
        code: 'not-applied',
        message: (error as Error).message,
        action: 'Look at its plan.',
      };
    }
  }

  async #save(
    campaign: StoredCampaign,
    eventId: string,
    change: CampaignChange,
  ): Promise<void> {
    const { store, audit, news } = this.options;
    const after = await store.save(campaign, change);
    news.changed(after);
    await audit.note(eventId, {
      ...{ campaignId: campaign.id, hash: campaign.hash, actor: FETTLE },
      ...{ reason: after.reason?.message ?? null },
      before: { state: campaign.state, wave: campaign.wave },
      after: { state: after.state, wave: after.wave },
    });
  }

  /** A long round keeps its claim; one that was lost ends it. */
  #keepLease(campaign: StoredCampaign, lost: AbortController) {
    const { store, clock } = this.options;
    const timer = setInterval(() => {
      store
        .extend(campaign, new Date(clock().getTime() + LEASE_MS))
        .then(mine => {
          if (!mine) lost.abort();
        })
        // The lease runs out if the database stays away.
        .catch(() => undefined);
    }, LEASE_MS / 3);
    timer.unref();
    return timer;
  }
}

function noPlaybook({ playbookTitle }: StoredCampaign): Reason {
  return {
    code: 'no-playbook',
    message: `'${playbookTitle}' is not enabled any more.`,
    action: 'Enable it again and resume the campaign, or cancel it.',
  };
}
