import type { Reason } from 'backstage-plugin-fettle-common';
import type { Transition } from '../../store/remediation/saveTransition';
import type { StoredRemediation } from '../../store/remediation/StoredRemediation';

/** It needs a person: nothing more is done. */
export function escalated(reason: Reason): Transition {
  return {
    ...{ state: 'escalated', reason, breaker: { kind: 'failed', reason } },
    events: [{ event: 'escalated', message: reason.message }],
  };
}

/** It did not work: what was done is taken back, where something was. */
export function failed(
  { progress, change }: StoredRemediation,
  reason: Reason,
  cancelled: string | null = null,
): Transition {
  const acted = Object.keys(progress.done).length > 0 || change !== null;
  if (!acted && cancelled === null) {
    return {
      ...{ state: 'failed', reason, breaker: { kind: 'failed', reason } },
      events: [{ event: 'failed', message: reason.message }],
    };
  }
  if (!acted) {
    return {
      ...{ state: 'cancelled', reason, breaker: { kind: 'ended' } },
      events: [
        { event: 'cancelled', message: reason.message, actor: cancelled },
      ],
    };
  }
  return {
    ...{ stage: 'roll-back', reason, waitsFor: null },
    progress: {
      rollBack: { reason, done: [], left: [], change: null, cancelled },
      errors: 0,
    },
    events: [
      {
        event: cancelled === null ? 'not-right' : 'cancelling',
        ...{ message: reason.message, actor: cancelled },
      },
    ],
  };
}

/** There is nothing left to put right, and nothing was done about it. */
export function recovered(message: string): Transition {
  return {
    state: 'recovered',
    breaker: { kind: 'ended' },
    events: [{ event: 'recovered', message }],
  };
}
