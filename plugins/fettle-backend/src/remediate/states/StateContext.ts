import type { Reason } from 'backstage-plugin-fettle-common';
import type { LoadedPlaybook } from '../../playbooks/LoadedPlaybook';
import type { Transition } from '../../store/remediation/saveTransition';
import type { StoredPlan } from '../../store/remediation/StoredPlan';
import type { StoredRemediation } from '../../store/remediation/StoredRemediation';
import type { Place, Target } from '../plan/Planner';
import type { RemediatorServices } from '../RemediatorServices';

/** What one transition works with. */
export interface StateContext {
  remediation: StoredRemediation;
  playbook: LoadedPlaybook;
  plan: StoredPlan;
  services: RemediatorServices;
  now: Date;
  signal: AbortSignal;
  /** Where it is and who changes it; looked up once. */
  place(): Promise<Place>;
  /** The repository as it is now; looked at once, which costs more. */
  target(): Promise<Target>;
  /** Before each outside effect: throws where all automation is stopped or frozen, else writes it to the audit log. */
  permit(effect: string, meta?: Record<string, unknown>): Promise<void>;
}

/** One state: reads what the row says, does one thing, and says what the row is to say. */
export type State = (context: StateContext) => Promise<Transition>;

/** Thrown where nothing may be changed now, with when it is asked for again. */
export class StoppedError extends Error {
  constructor(readonly reason: Reason, readonly until: Date) {
    super(reason.message);
  }
}

export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

/** When a person who does not answer, or a change that nobody merges, is given up. */
export function timesOutAt({ remediation, playbook }: StateContext): Date {
  const { appliedAt, createdAt } = remediation;
  const { timeoutSeconds } = playbook.view.verification;
  return after(new Date(appliedAt ?? createdAt), timeoutSeconds);
}

export function isTooLong(context: StateContext): boolean {
  return timesOutAt(context) <= context.now;
}
