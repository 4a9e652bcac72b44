import type {
  Automation,
  Breaker,
  Freeze,
  LimitUse,
  Reason,
} from 'backstage-plugin-fettle-common';
import type { PlaybookSet } from '../playbooks/LoadedPlaybook';
import type {
  PlaybookNumbers,
  PlaybookNumbersOf,
} from '../playbooks/PlaybookNumbers';
import type { Visibility } from '../store/FettleStore';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { StoredPlan } from '../store/remediation/StoredPlan';
import type { AutomationConfig } from './AutomationConfig';
import { planStateAt } from './approve/approvals';
import { endOf } from './limits/freezes';
import { countOutcomes, successRate, type ProblemCount } from './successRate';

/** Tells how automation stands. */
export class AutomationReader implements PlaybookNumbers {
  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      playbooks: PlaybookSet;
      config: AutomationConfig;
      clock: () => Date;
    },
  ) {}

  /** All but what the reader may do. */
  async read(
    visibility: Visibility,
  ): Promise<Omit<Automation, 'can' | 'revision'>> {
    const { store, playbooks, clock } = this.options;
    const now = clock();
    const [killSwitch, counts, coverage, breakers, limits, waiting] =
      await Promise.all([
        store.killSwitch(),
        this.#count(visibility),
        store.coverage(visibility),
        store.breakers(),
        this.#limits(),
        store.listPlans(
          { state: ['waiting'], for: 'person', limit: 1 },
          visibility,
          now,
        ),
      ]);
    const hosts = [
      ...new Set([...coverage, ...counts].map(({ host }) => host)),
    ].sort();
    const total = {
      problems: coverage.reduce((n, one) => n + one.problems, 0),
      covered: coverage.reduce((n, one) => n + one.covered, 0),
    };
    return {
      ...{ killSwitch, outcomes: countOutcomes(counts) },
      success: successRate(counts, total),
      successByHost: hosts.map(host => ({
        host,
        success: successRate(
          counts.filter(one => one.host === host),
          coverage.find(one => one.host === host) ?? null,
        ),
      })),
      breakers: breakers
        .filter(({ state }) => state !== 'closed')
        .map(breaker => ({
          ...breaker,
          playbookTitle: playbooks.get(breaker.playbookId)?.view.title ?? null,
        })),
      ...{ limits, freezes: this.#freezes(now) },
      waitingForApproval: waiting.total,
    };
  }

  async numbers(
    playbookIds: readonly string[],
    visibility: Visibility,
  ): Promise<ReadonlyMap<string, PlaybookNumbersOf>> {
    const [counts, breakers] = await Promise.all([
      this.#count(visibility, false),
      this.options.store.breakers(),
    ]);
    const acting = new Set(this.#acting().map(({ view }) => view.id));
    return new Map(
      playbookIds.map(id => {
        const own = counts.filter(({ playbookId }) => playbookId === id);
        return [
          id,
          {
            outcomes: countOutcomes(own),
            success: successRate(acting.has(id) ? own : [], null),
            breakers: breakers.filter(({ playbookId }) => playbookId === id),
          },
        ];
      }),
    );
  }

  underWay(repositoryId: string) {
    return this.options.store.underWay(repositoryId);
  }

  /** Why a plan would be held back if it were applied now. */
  async blockedBy(plan: StoredPlan): Promise<Reason[]> {
    const { store, playbooks, clock } = this.options;
    const now = clock();
    const playbook = playbooks.get(plan.playbookId);
    const state = planStateAt(plan, now);
    if (!playbook || (state !== 'ready' && state !== 'waiting')) return [];
    const { id, title, limits } = playbook.view;
    const admission = await store.wouldHold(
      {
        ...{ id: plan.id, repositoryId: plan.repositoryId, host: plan.host },
        campaignId: plan.campaignId,
        ...{ contentHash: plan.contentHash, beforeHash: plan.beforeHash },
        ...{ problems: plan.problems, repository: plan.repository },
        ...{ filesChanged: plan.filesChanged, linesChanged: plan.linesChanged },
        playbook: { id, title, limits },
      },
      now,
    );
    return admission.kind === 'let-through' ? [] : [admission.reason];
  }

  breakers(): Promise<Breaker[]> {
    return this.options.store.breakers();
  }

  /** Of playbooks that may act; of all, where how their problems stand is asked. */
  #count(visibility: Visibility, onlyActing = true): Promise<ProblemCount[]> {
    const { store, playbooks, clock } = this.options;
    const counted = onlyActing ? this.#acting() : playbooks.all();
    return store.countProblems(
      counted.map(({ view }) => ({
        playbookId: view.id,
        timeoutSeconds: view.verification.timeoutSeconds,
      })),
      visibility,
      clock(),
    );
  }

  #acting() {
    const { playbooks } = this.options;
    return playbooks.all().filter(({ view }) => view.level !== 'observe');
  }

  async #limits(): Promise<LimitUse[]> {
    const { store, playbooks, clock, config } = this.options;
    const use = await store.sharedUse(clock());
    const sum = (of: typeof use) => ({
      openChanges: of.reduce((n, { open }) => n + open, 0),
      changesPerHour: of.reduce((n, { lastHour }) => n + lastHour, 0),
    });
    const names = ['openChanges', 'changesPerHour'] as const;
    const hosts = [...new Set(use.map(({ host }) => host))].sort();
    const scopes = [
      { of: 'fleet', used: sum(use), most: config.limits.fleet },
      ...hosts.map(of => ({
        of,
        used: sum(use.filter(({ host }) => host === of)),
        most: config.limits.host,
      })),
      ...playbooks.all().map(({ view }) => ({
        of: view.id,
        used: sum(use.filter(({ playbookId }) => playbookId === view.id)),
        most: view.limits,
      })),
    ];
    return scopes.flatMap(({ of, used, most }) =>
      names.flatMap(limit =>
        most[limit] === null
          ? []
          : [{ of, limit, used: used[limit], most: most[limit]! }],
      ),
    );
  }

  #freezes(now: Date): Freeze[] {
    return this.options.config.freezes.map(freeze => {
      const { title, from, to, timeZone } = freeze;
      const active = endOf(freeze, now.getTime()) !== undefined;
      return { title, from, to, timeZone, active };
    });
  }
}
