import type { LiveState } from './LiveState';

/** What decides the mode of a scope. */
export interface LiveFacts {
  /** Why requests fail, while they do. */
  failure?: string;
  /** Whether anything was answered yet. */
  answered: boolean;
  /** Whether the portal has signals. */
  available: boolean;
  /** Whether the live channel was heard within 12 s. */
  heard: boolean;
  /** Whether its first sign of life may still be under way. */
  young: boolean;
  /** Whether a revision was announced a while ago that is not held. */
  behind: boolean;
  /** Whether a revision was found that no hint announced. */
  unannounced: boolean;
}

/** The mode, and why it is not `live`. */
export function liveMode(facts: LiveFacts): Pick<LiveState, 'mode' | 'reason'> {
  if (facts.failure) return { mode: 'offline', reason: facts.failure };
  if (!facts.answered) return { mode: 'connecting' };
  const catchingUp = (reason: string) =>
    ({ mode: 'catching-up', reason: `${reason}: asking every 2 s` } as const);
  if (!facts.available) return catchingUp('no live channel');
  if (facts.young) return { mode: 'connecting' };
  if (!facts.heard) return catchingUp('the live channel is silent');
  if (facts.behind) {
    return catchingUp('a change was announced that has not arrived yet');
  }
  if (facts.unannounced) return catchingUp('a change arrived unannounced');
  return { mode: 'live' };
}
