import { liveMode, type LiveFacts } from './liveMode';
import type { LiveState } from './LiveState';

/** The state of a scope; it is another object exactly when something in it changed. */
export class LiveStateKeeper {
  #state: LiveState;

  constructor(now: number) {
    this.#state = { mode: 'connecting', since: new Date(now) };
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Judges the facts; true when the state changed. */
  update(facts: LiveFacts, now: number, checkedAt: number | undefined) {
    const before = this.#state;
    const { mode, reason } = liveMode(facts);
    if (
      mode === before.mode &&
      reason === before.reason &&
      checkedAt === before.checkedAt?.getTime()
    ) {
      return false;
    }
    this.#state = {
      mode,
      since: mode === before.mode ? before.since : new Date(now),
      ...(checkedAt !== undefined && { checkedAt: new Date(checkedAt) }),
      ...(reason && { reason }),
    };
    return true;
  }
}
