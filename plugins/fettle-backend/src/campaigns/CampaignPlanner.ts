import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { RemediationService } from '../remediate/RemediationService';
import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type {
  PlacedItem,
  PlannedItem,
  Standing,
  StoredCampaign,
} from '../store/campaigns/StoredCampaign';
import type { CampaignNews } from './CampaignNews';
import { orderByDependencies } from './orderByDependencies';
import { sizeWaves } from './sizeWaves';

/** Plans that are made at a time. */
const AT_ONCE = 8;
/** What was planned is kept, and told, after so many. */
const BATCH = 40;
const PLAN_MS = 5 * 60 * 1000;

/** Has the repositories of a campaign planned, and gives them their places. */
export class CampaignPlanner {
  constructor(
    private readonly options: {
      store: DatabaseCampaignStore;
      service: Pick<RemediationService, 'plan'>;
      news: CampaignNews;
      logger: LoggerService;
    },
  ) {}

  /** All that have no plan. What was planned is kept as it goes: a crash loses a batch, and plans the same again. */
  async planMissing(
    campaign: StoredCampaign,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, news } = this.options;
    const missing = await store.unplanned(campaign.id);
    for (let i = 0; i < missing.length; i += BATCH) {
      const left = missing.slice(i, i + BATCH);
      const planned: PlannedItem[] = [];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let one = left.shift(); one; one = left.shift()) {
            if (signal.aborted) return;
            planned.push(await this.#plan(campaign, one, signal));
          }
        }),
      );
      // What was ended in its midst is no answer.
      if (signal.aborted) return;
      news.changed(await store.savePlanned(campaign.id, planned));
    }
  }

  /** Order and waves of those where something is to be done; the others come last, without a wave. */
  async place(campaign: StoredCampaign): Promise<void> {
    const { store, news } = this.options;
    const standings = await store.standings(campaign.id);
    standings.sort(byName);
    const isToDo = ({ state }: (typeof standings)[number]) =>
      state === 'waiting' || state === 'cancelled';
    const toDo = standings.filter(isToDo);
    const ids = toDo.map(({ repositoryId }) => repositoryId);
    const names = new Map(
      toDo.map(one => [one.repositoryId, one.repository] as const),
    );
    const libraries =
      campaign.order === 'dependencies'
        ? await store.libraries(ids)
        : new Map<string, never[]>();
    const { order, broken } = orderByDependencies(
      toDo.map(one => ({
        ...{ id: one.repositoryId, name: one.repository },
        uses: (libraries.get(one.repositoryId) ?? []).map(
          ({ repositoryId }) => repositoryId,
        ),
      })),
    );
    const sizes = sizeWaves(campaign.waves, order.length);
    const waves = sizes.flatMap((size, i) => Array<number>(size).fill(i + 1));
    const placed = order.map((repositoryId, i): PlacedItem => {
      const cut = broken.filter(({ user }) => user === repositoryId);
      return {
        ...{ repositoryId, wave: waves[i], position: i },
        libraries: (libraries.get(repositoryId) ?? []).filter(one =>
          cut.every(({ library }) => library !== one.repositoryId),
        ),
        note: cut.length === 0 ? null : cycle(cut, names),
      };
    });
    const others = standings.filter(one => !isToDo(one));
    const rest = others.map(({ repositoryId }, i) => ({
      ...{ repositoryId, wave: 0, position: order.length + i },
      ...{ libraries: [], note: null },
    }));
    news.changed(
      await store.savePlaces(campaign, [...placed, ...rest], sizes.length),
    );
  }

  async #plan(
    { id, playbookId }: StoredCampaign,
    {
      repositoryId,
      requestedBy,
    }: { repositoryId: string; requestedBy: string },
    stop: AbortSignal,
  ): Promise<PlannedItem> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PLAN_MS)]);
    try {
      const plan = await this.options.service.plan({
        ...{ playbookId, repositoryId, requestedBy, signal, campaignId: id },
      });
      return { repositoryId, planId: plan.id, outcome: null, reason: null };
    } catch (error) {
      const { name, message } = error as Error;
      if (!stop.aborted) {
        this.options.logger.debug(`${repositoryId} was not planned: ${error}`);
      }
      // Outside of what the playbook is for there is nothing to do.
      const outcome = name === 'InputError' ? 'nothing' : 'impossible';
      const reason: Reason =
        error instanceof SourceError
          ? { code: error.code, message, action: error.action }
          : {
              code: outcome === 'nothing' ? 'out-of-scope' : 'not-planned',
              message,
              action:
                outcome === 'nothing'
                  ? 'Nothing has to be done.'
                  : 'Retry what failed when the cause is gone.',
            };
      return { repositoryId, planId: null, outcome, reason };
    }
  }
}

function byName(a: Standing, b: Standing): number {
  const [one, other] = [a, b].map(of => `${of.repository}\n${of.repositoryId}`);
  return one < other ? -1 : 1;
}

function cycle(
  cut: readonly { user: string; library: string }[],
  names: ReadonlyMap<string, string>,
): Reason {
  const libraries = cut.map(({ library }) => names.get(library)).join(', ');
  return {
    code: 'cycle',
    message: `It and ${libraries} use each other, so it does not wait for that.`,
    action: 'Nothing has to be done.',
  };
}
