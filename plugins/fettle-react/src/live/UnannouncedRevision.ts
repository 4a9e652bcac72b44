import { BEHIND_AFTER_MS, HINT_LOST_AFTER_MS } from './pace';

/** A revision that was found by asking before any hint announced it. */
export class UnannouncedRevision {
  #found?: { revision: number; at: number };

  found(revision: number, now: number): void {
    this.#found ??= { revision, at: now };
  }

  /** A hint came. */
  announced(revision: number): void {
    if (this.#found && revision >= this.#found.revision) this.forget();
  }

  forget(): void {
    this.#found = undefined;
  }

  /** Whether its hint should have come by now. */
  isOverdue(now: number): boolean {
    return this.#found !== undefined && now - this.#found.at >= BEHIND_AFTER_MS;
  }

  /** How long until its hint counts as lost; not above 0 when it does. */
  timeLeft(now: number): number | undefined {
    return this.#found && this.#found.at + HINT_LOST_AFTER_MS - now;
  }
}
