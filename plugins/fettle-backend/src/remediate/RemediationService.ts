import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { RemediationState } from 'backstage-plugin-fettle-common';
import type {
  LoadedPlaybook,
  PlaybookSet,
  ProblemReader,
} from '../playbooks/LoadedPlaybook';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { PlanProblem, StoredPlan } from '../store/remediation/StoredPlan';
import type { StoredRemediation } from '../store/remediation/StoredRemediation';
import {
  assertMayApply,
  assertMayDecide,
  settleApprovals,
} from './approve/approvals';
import type { AuditTrail } from './AuditTrail';
import { chooseProblems } from './plan/chooseProblems';
import type { Planner } from './plan/Planner';
import type { Remediator } from './Remediator';
import { nameOf } from './nameOf';

/** Fettle itself, where no person asks. */
export const FETTLE = 'fettle';
const PLAN_MS = 5 * 60 * 1000;

/** Told whenever a remediation comes to another state. */
export type StateListener = (
  remediation: StoredRemediation,
  from: RemediationState | null,
) => void;

/** What people, campaigns and agents ask for: plans, approvals, and that they are applied. */
export class RemediationService {
  readonly #listeners: StateListener[] = [];

  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      playbooks: PlaybookSet;
      problems: ProblemReader;
      planner: Planner;
      remediator: Remediator;
      audit: AuditTrail;
      clock: () => Date;
      logger: LoggerService;
      /** A plan or remediation of the repository changed. */
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /** Called after each change of a state was stored, in the process that made it. */
  onState(listener: StateListener): void {
    this.#listeners.push(listener);
  }

  /** The remediator says so. */
  tellState(after: StoredRemediation, from: RemediationState | null): void {
    for (const listener of this.#listeners) listener(after, from);
  }

  /**
   * Plans what a playbook would do in a repository, about the problems that are
   * there now, or those of them that are named.
   *
   * @throws NotFoundError without such a playbook or repository
   * @throws InputError where none of the problems is there
   */
  async plan(order: {
    playbookId: string;
    repositoryId: string;
    /** Entity ref; `fettle` for itself. */
    requestedBy: string;
    campaignId?: string;
    /** Keys. */
    problems?: readonly string[];
    /** It needs as many approvals, even where its playbook asks for fewer. */
    leastApprovals?: number;
    signal?: AbortSignal;
  }): Promise<StoredPlan> {
    const playbook = this.options.playbooks.get(order.playbookId);
    if (!playbook) {
      throw new NotFoundError(`There is no playbook '${order.playbookId}'.`);
    }
    const problems = await chooseProblems(playbook, order, this.options);
    return this.planFor(playbook, { ...order, problems });
  }

  /** The same about problems that are known. */
  async planFor(
    playbook: LoadedPlaybook,
    order: {
      repositoryId: string;
      requestedBy: string;
      campaignId?: string;
      problems: readonly PlanProblem[];
      leastApprovals?: number;
      signal?: AbortSignal;
    },
  ): Promise<StoredPlan> {
    const { repositoryId, requestedBy, problems, campaignId = null } = order;
    const { leastApprovals } = order;
    const saved = await this.options.planner.plan(
      {
        ...{ playbook, problems, repositoryId, requestedBy, campaignId },
        leastApprovals,
      },
      order.signal ?? AbortSignal.timeout(PLAN_MS),
    );
    if (saved.revision !== null) {
      this.options.onChange(repositoryId, saved.revision);
    }
    return this.#getPlan(saved.id);
  }

  /** Keeps what a person says of a plan. One that Fettle asked for is then applied by itself. */
  async decide(
    planId: string,
    given: {
      hash: string;
      actor: string;
      decision: 'approved' | 'rejected';
      reason: string | null;
    },
  ): Promise<StoredPlan> {
    const { store, playbooks, clock, audit, onChange } = this.options;
    const now = clock();
    const before = await this.#getPlan(planId);
    assertMayDecide(before, { ...given, now });
    const seconds = playbooks.get(before.playbookId)?.view.approval
      .expiresAfterSeconds;
    if (seconds === undefined) throw notEnabled(before);
    const { plan, revision } = await store.saveApproval(
      planId,
      {
        ...{ planHash: given.hash, actor: given.actor, reason: given.reason },
        ...{ decision: given.decision, at: now.toISOString() },
        expiresAt: new Date(now.getTime() + seconds * 1000).toISOString(),
      },
      settled => settleApprovals(settled, now),
    );
    await audit.note('plan-decided', {
      ...{ planId, ...given, playbookId: plan.playbookId },
      ...{ repositoryId: plan.repositoryId },
      ...{ before: before.state, after: plan.state },
    });
    onChange(plan.repositoryId, revision);
    const appliesItself =
      plan.state === 'ready' &&
      plan.requestedBy === FETTLE &&
      plan.campaignId === null &&
      plan.level !== 'observe';
    if (appliesItself) {
      await this.apply(planId, plan.hash, FETTLE);
      return this.#getPlan(planId);
    }
    return plan;
  }

  /**
   * Begins to apply exactly what was looked at; asked again, it gives what was
   * begun.
   *
   * @throws ConflictError where the hash is another one, or approvals are missing
   */
  async apply(
    planId: string,
    hash: string,
    actor: string,
    /** Approvals by others than the actor that it needs at least. */
    leastApprovals = 0,
  ): Promise<{ remediationId: string }> {
    const { store, clock, audit, onChange } = this.options;
    const now = clock();
    const { id, isNew, revision } = await store.start(
      {
        ...{ planId, hash, actor },
        assert: plan => assertMayApply(plan, now, { actor, leastApprovals }),
        message:
          actor === FETTLE
            ? 'Fettle applies the plan.'
            : `${nameOf(actor)} has the plan applied.`,
      },
      now,
    );
    if (isNew) {
      const started = await store.get(id);
      await audit.note('plan-applied', {
        ...{ planId, hash, actor, remediationId: id },
        ...{ reason: started?.title, before: 'ready', after: 'applied' },
      });
      if (started) {
        onChange(started.repositoryId, revision);
        this.tellState(started, null);
      }
      this.#drive(id);
    }
    return { remediationId: id };
  }

  /** Has it ended by its next transition; its change is closed where it is open. */
  async cancel(id: string, actor: string, reason: string): Promise<void> {
    const { store, clock, audit } = this.options;
    const before = await this.#get(id);
    if (!(await store.askCancel(id, { actor, reason }, clock()))) {
      throw new ConflictError(
        `The remediation has ended: it is ${before.state}.`,
      );
    }
    await audit.note('remediation-cancelled', {
      ...{ remediationId: id, actor, reason, hash: before.planHash },
      ...{ before: before.state, after: 'cancelling' },
    });
    this.#drive(id);
  }

  /** Says yes or no to a step that waits for a person. */
  async confirm(
    id: string,
    given: { stepId: string; approved: boolean; actor: string; reason: string },
  ): Promise<void> {
    const { store, clock, audit } = this.options;
    const { waitsFor, planHash } = await this.#get(id);
    const { stepId, ...decision } = given;
    if (waitsFor?.stepId !== stepId) {
      throw new ConflictError(`No step '${stepId}' waits for a person.`);
    }
    if (!(await store.decide(id, stepId, decision, clock()))) {
      throw new ConflictError(`Somebody answered step '${stepId}' already.`);
    }
    await audit.note('remediation-confirmed', {
      ...{ remediationId: id, hash: planHash, ...given },
      ...{ before: 'waiting', after: given.approved ? 'confirmed' : 'refused' },
    });
    this.#drive(id);
  }

  /** Plans the same again, for a remediation that ended otherwise than well. */
  async retry(id: string, actor: string): Promise<StoredPlan> {
    const { endedAt, state, problems, ...ended } = await this.#get(id);
    if (endedAt === null || state === 'healed' || state === 'recovered') {
      throw new ConflictError(
        `It is ${state}: only what has failed, or was ended, is tried again.`,
      );
    }
    return this.plan({
      ...{ playbookId: ended.playbookId, repositoryId: ended.repositoryId },
      ...(ended.campaignId !== null && { campaignId: ended.campaignId }),
      requestedBy: actor,
      problems: problems.map(({ key }) => key),
    });
  }

  /** Undefined where there is none. */
  stateOf(id: string): Promise<StoredRemediation | undefined> {
    return this.options.store.get(id);
  }

  async #getPlan(id: string): Promise<StoredPlan> {
    const plan = await this.options.store.getPlan(id);
    if (!plan) throw new NotFoundError(`There is no plan '${id}'.`);
    return plan;
  }

  async #get(id: string): Promise<StoredRemediation> {
    const found = await this.options.store.get(id);
    if (!found) throw new NotFoundError(`There is no remediation '${id}'.`);
    return found;
  }

  /** At once, in this process; should it die, the sweep goes on. */
  #drive(id: string): void {
    this.options.remediator
      .drive(id)
      .catch(error =>
        this.options.logger.warn(`A remediation goes on later: ${error}`),
      );
  }
}

function notEnabled({ playbookTitle }: StoredPlan): ConflictError {
  return new ConflictError(`'${playbookTitle}' is not enabled any more.`);
}
