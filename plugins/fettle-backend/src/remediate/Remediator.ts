import type { Reason } from 'backstage-plugin-fettle-common';
import {
  LeaseLostError,
  type Transition,
} from '../store/remediation/saveTransition';
import {
  hasEnded,
  type Stage,
  type StoredRemediation,
} from '../store/remediation/StoredRemediation';
import { frozenReason, stoppedReason } from './limits/decideAdmission';
import { activeFreeze } from './limits/freezes';
import type { Place, Target } from './plan/Planner';
import type { RemediatorServices } from './RemediatorServices';
import { act } from './states/act';
import { admit, waitUnread } from './states/admit';
import { check } from './states/check';
import { failed } from './states/ends';
import { followChange } from './states/followChange';
import { openChange } from './states/openChange';
import { rollBack } from './states/rollBack';
import { after, StoppedError, type State } from './states/StateContext';
import { holdOn, readAgain } from './states/verify';
import { onError } from './states/onError';
import { nameOf } from './nameOf';

/** How long a dead process keeps a remediation. */
const LEASE_MS = 15_000;

const STATES: Readonly<Record<Exclude<Stage, 'admit' | 'ended'>, State>> = {
  check,
  before: act('before'),
  open: openChange,
  opened: act('opened'),
  follow: followChange,
  merged: act('merged'),
  read: readAgain,
  hold: holdOn,
  'roll-back': rollBack,
};

/** Ends that a person has to know of. */
const TOLD = ['failed', 'reverted', 'escalated', 'unverified'];

/**
 * Carries remediations out. What the row says is what is done next; what came
 * of it is written before anything else is done. So it can be stopped at any
 * point and go on from the row, in any process.
 */
export class Remediator {
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<Date | null>>();

  constructor(readonly services: RemediatorServices) {}

  /** Exactly one transition; undefined where it is not due, or another process has it. */
  async advance(id: string): Promise<StoredRemediation | undefined> {
    const claimed = await this.#claim(id);
    return claimed && this.#step(claimed, false);
  }

  /** Transition by transition until it waits or ends; gives when it is due next. */
  drive(id: string): Promise<Date | null> {
    const running =
      this.#running.get(id) ??
      this.#drive(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#running.values());
  }

  /** Ends what is under way in this process; each goes on, or is held back, from its row. */
  readonly #effects = new Set<AbortController>();
  interrupt(): void {
    for (const effect of this.#effects) effect.abort();
  }

  async #drive(id: string): Promise<Date | null> {
    let current = await this.#claim(id);
    while (current && !this.#stopping.signal.aborted) {
      const next = await this.#step(current, true);
      if (!next || next.endedAt !== null || next.dueAt === null) return null;
      if (new Date(next.dueAt) > this.services.clock()) {
        return new Date(next.dueAt);
      }
      current = next;
    }
    return null;
  }

  #claim(id: string): Promise<StoredRemediation | undefined> {
    const now = this.services.clock();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    return this.services.store.claim(id, { now, leaseUntil });
  }

  async #step(
    remediation: StoredRemediation,
    goesOn: boolean,
  ): Promise<StoredRemediation | undefined> {
    const { store, clock, logger } = this.services;
    const effect = new AbortController();
    const heartbeat = this.#keepLease(remediation, effect);
    this.#effects.add(effect);
    try {
      const now = clock();
      if (remediation.stage === 'admit' && !remediation.cancel) {
        const saved = await admit(remediation, this.services, now, goesOn);
        await this.#tell(saved.after, saved.after.reason);
        this.#told(remediation, saved);
        return saved.after;
      }
      const transition = await this.#decide(remediation, now, effect.signal);
      if (this.#stopping.signal.aborted && effect.signal.aborted) {
        return undefined;
      }
      const next = transition.state ?? remediation.state;
      if (TOLD.includes(next)) {
        await this.#tell({ ...remediation, state: next }, transition.reason);
      }
      const isLast =
        hasEnded(next) || (transition.dueAt && transition.dueAt > now);
      const saved = await store.save(remediation, transition, {
        now: clock(),
        keep: goesOn && !isLast,
      });
      const message = transition.events?.at(-1)?.message ?? null;
      this.#told(remediation, { ...saved, message });
      return saved.after;
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      logger.debug(error.message);
      return undefined;
    } finally {
      clearInterval(heartbeat);
      this.#effects.delete(effect);
    }
  }

  async #decide(
    remediation: StoredRemediation,
    now: Date,
    signal: AbortSignal,
  ): Promise<Transition> {
    const { services } = this;
    const { store, playbooks, planner, effectMs } = services;
    const until = AbortSignal.any([signal, AbortSignal.timeout(effectMs)]);
    try {
      const [plan, playbook] = [
        await store.getPlan(remediation.planId),
        playbooks.get(remediation.playbookId),
      ];
      const { cancel, stage } = remediation;
      if (cancel && stage !== 'roll-back') return cancelled(remediation);
      const unread = playbooks.unread(remediation.playbookId);
      // The way back of a playbook that is there needs nothing else.
      if (unread && !(playbook && stage === 'roll-back')) {
        return waitUnread(remediation, unread, now);
      }
      if (!plan || !playbook) return noPlaybook(remediation);
      const { repositoryId } = remediation;
      let known: Promise<Place> | undefined;
      let target: Promise<Target> | undefined;
      const place = () => (known ??= planner.place(repositoryId));
      return await STATES[stage as keyof typeof STATES]({
        ...{ remediation, playbook, plan, services, now, signal: until, place },
        target: () =>
          (target ??= place().then(found =>
            planner.look(repositoryId, until, found),
          )),
        permit: (eventId, meta) => this.#permit(remediation, eventId, meta),
      });
    } catch (error) {
      if (error instanceof StoppedError) {
        return { reason: error.reason, dueAt: error.until };
      }
      return onError(remediation, error, {
        ...{ now, timedOut: until.aborted, logger: services.logger },
      });
    }
  }

  /** Just before an outside effect. What was wrong is taken back in a freeze as well. */
  async #permit(
    remediation: StoredRemediation,
    eventId: string,
    meta: Record<string, unknown> = {},
  ): Promise<void> {
    const { id, planHash, repositoryId, playbookId, startedBy } = remediation;
    const { store, audit, clock, freezes } = this.services;
    const stop = await store.stopped();
    if (stop) throw new StoppedError(stoppedReason(stop), after(clock(), 60));
    const freeze =
      remediation.stage !== 'roll-back' && activeFreeze(freezes, clock());
    if (freeze) throw new StoppedError(frozenReason(freeze), freeze.until);
    await audit.note(`remediation-${eventId}`, {
      ...{ remediationId: id, hash: planHash, playbookId, repositoryId },
      actor: startedBy,
      reason:
        remediation.progress.rollBack?.reason.message ??
        [remediation.title, ...remediation.problems.map(one => one.title)]
          .join('; ')
          .slice(0, 500),
      before: remediation.change?.state ?? 'no change',
      ...meta,
    });
  }

  async #tell(
    remediation: StoredRemediation,
    reason: Reason | null | undefined,
  ): Promise<void> {
    if (!TOLD.includes(remediation.state) || !reason) return;
    const { playbooks, escalation } = this.services;
    const { escalateTo = [] } =
      playbooks.get(remediation.playbookId)?.view ?? {};
    await escalation.tell(remediation, { escalateTo, reason });
  }

  #told(
    before: StoredRemediation,
    saved: {
      after: StoredRemediation;
      woken: string[];
      message?: string | null;
    },
  ): void {
    this.services.onChange(before, saved.after, saved.message ?? null);
    for (const id of saved.woken) {
      this.drive(id).catch(error =>
        this.services.logger.warn(`A remediation goes on later: ${error}`),
      );
    }
  }

  /** Long effects keep their claim; one that was lost, or that is to stop, ends them. */
  #keepLease(remediation: StoredRemediation, effect: AbortController) {
    const { store, clock } = this.services;
    const timer = setInterval(() => {
      const leaseUntil = new Date(clock().getTime() + LEASE_MS);
      Promise.all([store.extend(remediation, leaseUntil), store.stopped()])
        .then(([mine, stop]) => {
          if (!mine || stop) effect.abort();
        })
        // The lease runs out if the database stays away.
        .catch(() => undefined);
    }, LEASE_MS / 3);
    timer.unref();
    return timer;
  }
}

function cancelled(remediation: StoredRemediation): Transition {
  const { actor, reason } = remediation.cancel!;
  const told = {
    code: 'cancelled',
    message: `${nameOf(actor)} cancelled it: ${reason}`,
    action: 'Nothing has to be done.',
  };
  // What is in force is not taken back by that; it is only not watched any more.
  if (['read', 'hold'].includes(remediation.stage)) {
    return {
      ...{ state: 'cancelled', reason: told, breaker: { kind: 'ended' } },
      events: [{ event: 'cancelled', message: told.message, actor }],
    };
  }
  return failed(remediation, told, actor);
}

/** Its playbook was turned off: what is in force stays, and someone has to look. */
function noPlaybook(remediation: StoredRemediation): Transition {
  const reason = {
    code: 'no-playbook',
    message: `'${remediation.playbookTitle}' is not enabled any more.`,
    action: 'Look at what it left: its change may be open.',
  };
  const acted = remediation.progress.effectAt !== null;
  return {
    state: acted ? 'escalated' : 'cancelled',
    ...{ reason, breaker: { kind: 'ended' } },
    events: [
      { event: acted ? 'escalated' : 'cancelled', message: reason.message },
    ],
  };
}
