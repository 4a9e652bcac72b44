/** Who waits for a reading: a person or a push before the schedule. */
export type Urgency = 'now' | 'routine';

interface Entry {
  urgency: Urgency;
  promise: Promise<void>;
  done: (outcome: Promise<void>) => void;
}

/**
 * The readings of this replica: at most `concurrency` at a time, never two of
 * one repository. A change that arrives during a reading causes one more.
 */
export class CollectQueue {
  readonly #waiting = new Map<string, Entry>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #abort = new AbortController();
  readonly #collect: (id: string, signal: AbortSignal) => Promise<void>;
  readonly #concurrency: number;

  constructor(
    collect: (id: string, signal: AbortSignal) => Promise<void>,
    concurrency: number,
  ) {
    this.#collect = collect;
    this.#concurrency = concurrency;
  }

  /** Resolves when a reading that began after this call has ended; rejects if its result could not be stored. */
  add(repositoryId: string, urgency: Urgency): Promise<void> {
    let entry = this.#waiting.get(repositoryId);
    if (!entry) {
      let done: Entry['done'];
      const promise = new Promise<void>(resolve => {
        done = resolve;
      });
      entry = { urgency, promise, done: done! };
      this.#waiting.set(repositoryId, entry);
    } else if (urgency === 'now') {
      entry.urgency = 'now';
    }
    this.#next();
    return entry.promise;
  }

  /** Whether a reading is under way or waiting. */
  has(repositoryId: string): boolean {
    return this.#waiting.has(repositoryId) || this.#running.has(repositoryId);
  }

  /** Ends what runs and forgets what waits; both are due again by their lease. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const entry of this.#waiting.values()) entry.done(Promise.resolve());
    this.#waiting.clear();
    await Promise.allSettled(this.#running.values());
  }

  #next(): void {
    while (!this.#abort.signal.aborted) {
      const id = this.#choose();
      if (id === undefined) return;
      const { done } = this.#waiting.get(id)!;
      this.#waiting.delete(id);
      const reading = this.#collect(id, this.#abort.signal).finally(() => {
        this.#running.delete(id);
        this.#next();
      });
      this.#running.set(id, reading);
      done(reading);
    }
  }

  #choose(): string | undefined {
    // A person's request does not wait behind a full round of the schedule.
    const room = this.#concurrency - this.#running.size;
    let routine: string | undefined;
    for (const [id, entry] of this.#waiting) {
      if (this.#running.has(id)) continue;
      if (entry.urgency === 'now' && room > -this.#concurrency) return id;
      routine ??= id;
    }
    return room > 0 ? routine : undefined;
  }
}
