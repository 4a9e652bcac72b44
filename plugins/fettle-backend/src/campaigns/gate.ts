import type { Standing } from '../store/campaigns/StoredCampaign';

/** What says whether a repository came to a good state. */
export interface GateRules {
  /** A change without checks is given this time to get some. */
  settleSeconds: number;
  now: Date;
}

/** It failed, cannot be done any more, or was ended by a person. */
export function isBad(state: Standing['state']): boolean {
  return ['failed', 'impossible', 'cancelled'].includes(state);
}

/**
 * Whether a repository lets the next wave begin.
 *
 * - `good`: it is healed, or was read and is right and is only held for a
 *   while. Under `propose` a person merges, which may take days: there an open
 *   change is enough once its checks have passed, or none came within the
 *   settle time, for that is all that the wave can show by itself.
 * - `bad`: it failed, or a person ended it.
 * - `open`: neither yet. `until` says when time alone may make it good.
 */
export function gateOf(
  standing: Pick<
    Standing,
    'state' | 'remediationState' | 'level' | 'change' | 'effectAt'
  >,
  { settleSeconds, now }: GateRules,
): { is: 'good' | 'bad' | 'open'; until?: Date } {
  const { state, remediationState, level, change, effectAt } = standing;
  if (isBad(state)) return { is: 'bad' };
  // Looked at again, there was nothing left to do.
  if (state === 'healed' || state === 'nothing') return { is: 'good' };
  if (remediationState === 'verifying') return { is: 'good' };
  if (level !== 'propose' || state !== 'open') return { is: 'open' };
  if (change?.checks === 'passed') return { is: 'good' };
  if (change?.checks !== 'none' || effectAt === null) return { is: 'open' };
  const settled = new Date(Date.parse(effectAt) + settleSeconds * 1000);
  return settled <= now ? { is: 'good' } : { is: 'open', until: settled };
}
