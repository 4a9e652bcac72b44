import type { Breaker, Reason } from 'backstage-plugin-fettle-common';
import type { BreakerSettings } from '../AutomationConfig';

/** How a playbook stands on a host. */
export interface BreakerState {
  state: Breaker['state'];
  /** When it failed, since it was closed last. */
  failures: string[];
  reason: Reason | null;
  openedAt: string | null;
  retryAt: string | null;
  /** The remediation that was let through. */
  trial: string | null;
}

export const CLOSED: BreakerState = {
  state: 'closed',
  failures: [],
  reason: null,
  openedAt: null,
  retryAt: null,
  trial: null,
};

/** What a remediation comes to for its breaker. */
export type BreakerNews =
  | { kind: 'failed'; reason: Reason }
  | { kind: 'healed' }
  /** It ended, and says nothing of the playbook. */
  | { kind: 'ended' };

/** Whether one more is let through; `next` is the breaker after that. */
export function askBreaker(
  breaker: BreakerState,
  remediationId: string,
  now: Date,
): { next: BreakerState } | { hold: BreakerState } {
  if (breaker.state === 'closed') return { next: breaker };
  if (breaker.trial === remediationId) return { next: breaker };
  const due =
    breaker.retryAt !== null && Date.parse(breaker.retryAt) <= now.getTime();
  if (breaker.state === 'open' && due) {
    return { next: { ...breaker, state: 'half-open', trial: remediationId } };
  }
  return { hold: breaker };
}

/** The breaker after a remediation came to something. */
export function tellBreaker(
  breaker: BreakerState,
  remediationId: string,
  news: BreakerNews,
  { now, settings }: { now: Date; settings: BreakerSettings },
): BreakerState {
  const onTrial =
    breaker.state === 'half-open' && breaker.trial === remediationId;
  if (news.kind === 'healed') return onTrial ? CLOSED : breaker;
  if (news.kind === 'ended') {
    // The next one is the trial.
    return onTrial
      ? { ...breaker, state: 'open', trial: null, retryAt: now.toISOString() }
      : breaker;
  }
  const since = new Date(now.getTime() - settings.withinMs).toISOString();
  const failures = [
    ...breaker.failures.filter(at => at > since),
    now.toISOString(),
  ].slice(-100);
  const opens =
    onTrial ||
    (breaker.state === 'closed' && failures.length >= settings.failures);
  if (!opens) return { ...breaker, failures };
  return {
    ...{ state: 'open', failures, reason: news.reason, trial: null },
    openedAt: now.toISOString(),
    retryAt: new Date(now.getTime() + settings.coolOffMs).toISOString(),
  };
}
