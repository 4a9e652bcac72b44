import type { Reason } from 'backstage-plugin-fettle-common';
import type { AutomationConfig } from '../AutomationConfig';
import { askBreaker, type BreakerState } from '../breaker/breaker';
import { activeFreeze } from './freezes';
import type { Asking } from './Asking';
import { overLimit, type Usage } from './overLimit';
import { nameOf } from '../nameOf';

/** What is true when a remediation asks to be let through. */
export interface Circumstances {
  /** Its campaign, where that is paused or cancelled. */
  halted?: { title: string; state: string } | null;
  /** The kill switch. */
  stopped: { reason: string; actor: string } | null;
  breaker: BreakerState;
  usage: Usage;
  /** When a person closed this content, and where. */
  closed: { at: string; actor: string | null } | null;
  /** The remediation that has the repository. */
  lockedBy: { id: string; title: string } | null;
  /** A problem that this playbook was applied to again and again within a day. */
  repeated: { key: string; times: number } | null;
  /** Whether what is there now was written by one remediation and is undone by the other. */
  alternates: boolean;
}

export type Admission =
  | { kind: 'let-through'; breaker: BreakerState }
  /** It asks again then, or when it is nudged. */
  | { kind: 'hold'; reason: Reason; until: Date }
  /** It does not ask again. */
  | { kind: 'end'; as: 'escalated' | 'cancelled'; reason: Reason };

/** The same again within a day is a loop from here on. */
export const MOST_REPEATS = 3;
const MINUTE_MS = 60_000;

/** Everything that may hold a remediation back, the most weighty first. */
export function decideAdmission(
  asking: Asking,
  now: Circumstances,
  config: AutomationConfig,
  at: Date,
): Admission {
  const { playbook, repository, host } = asking;
  const later = (ms: number) => new Date(at.getTime() + ms);
  const hold = (reason: Reason, until: Date): Admission => ({
    ...{ kind: 'hold', reason, until },
  });
  if (now.stopped) return hold(stoppedReason(now.stopped), later(MINUTE_MS));
  if (now.halted) {
    return hold(
      {
        code: 'campaign',
        message: `The campaign '${now.halted.title}' is ${now.halted.state}.`,
        action: 'It is begun when the campaign is resumed.',
      },
      later(5 * MINUTE_MS),
    );
  }
  if (now.closed) {
    return {
      ...{ kind: 'end', as: 'cancelled' },
      reason: {
        code: 'closed-before',
        message: `${
          now.closed.actor ?? 'Someone'
        } closed exactly this change of ${repository} on ${now.closed.at}.`,
        action: 'It is proposed again when its content differs.',
      },
    };
  }
  const loop = loopOf(asking, now);
  if (loop) return { kind: 'end', as: 'escalated', reason: loop };
  const freeze = activeFreeze(config.freezes, at);
  if (freeze) return hold(frozenReason(freeze), freeze.until);
  const asked = askBreaker(now.breaker, asking.id, at);
  if ('hold' in asked) {
    const retry = asked.hold.retryAt ? new Date(asked.hold.retryAt) : at;
    return hold(
      {
        code: 'breaker',
        message: `'${playbook.title}' is stopped on ${host}: ${
          asked.hold.reason?.message ?? 'it failed too often.'
        }`,
        action:
          'Look at what failed, correct the playbook, and close its circuit breaker.',
      },
      retry > at ? retry : later(5 * MINUTE_MS),
    );
  }
  const limit = overLimit(asking, now.usage, config, at);
  if (limit) return hold(limit.reason, limit.until);
  if (now.lockedBy && now.lockedBy.id !== asking.id) {
    return hold(
      {
        code: 'busy',
        message: `'${now.lockedBy.title}' changes ${repository} now, and one remediation does at a time.`,
        action: 'Wait for it, or cancel it.',
      },
      later(5 * MINUTE_MS),
    );
  }
  return { kind: 'let-through', breaker: asked.next };
}

/** As it is shown to whoever is stopped by it. */
export function stoppedReason(stopped: {
  reason: string;
  actor: string;
}): Reason {
  return {
    code: 'stopped',
    message: `${nameOf(stopped.actor)} stopped all automation: ${
      stopped.reason
    }`,
    action: 'Let it go on, on the Automation page, when it may.',
  };
}

/** The same of a freeze. */
export function frozenReason(freeze: { title: string; until: Date }): Reason {
  return {
    code: 'freeze',
    message: `Nothing is changed during '${
      freeze.title
    }', until ${freeze.until.toISOString()}.`,
    action: 'Wait, or change fettle.automation.freezes.',
  };
}

function loopOf(
  { playbook, repository }: Asking,
  { repeated, alternates }: Circumstances,
): Reason | null {
  if (repeated && repeated.times >= MOST_REPEATS) {
    return {
      code: 'loop',
      message: `'${playbook.title}' was applied to '${repeated.key}' in ${repository} ${repeated.times} times within a day, and it came back each time.`,
      action: 'Find out what brings it back.',
    };
  }
  if (!alternates) return null;
  return {
    code: 'alternating',
    message: `What '${playbook.title}' would write to ${repository} was written before, and undone by another remediation, within a day.`,
    action: 'Make the playbooks or standards agree.',
  };
}
