import { toError } from '@backstage/errors';
import type { LiveEnvironment } from './LiveEnvironment';
import { jitter, REQUEST_TIMEOUT_MS, retryDelay } from './pace';

/**
 * Why a task is to run: `changed` keeps the gap to the run before, `now` does
 * not, and `anew` also distrusts what it has. The later includes the earlier.
 */
export type Cause = 'changed' | 'now' | 'anew';

const CAUSES: Cause[] = ['changed', 'now', 'anew'];

export interface SerialTaskOptions<T> {
  run(signal: AbortSignal, cause: Cause): Promise<T>;
  /** Least time from start to start for `changed`. */
  gapMs: number;
  /** Whether it must wait; {@link SerialTask.resume} when it no longer must. */
  isPaused(): boolean;
  onStart?(): void;
  onDone(result: T): void;
  onFailed(error: Error): void;
}

/**
 * Requests that never overlap: what is wanted during a run is done once, after
 * it. A failed run is tried again by itself, with growing pauses.
 */
export class SerialTask<T> {
  readonly #environment: LiveEnvironment;
  readonly #options: SerialTaskOptions<T>;
  #wanted?: Cause;
  #abort?: AbortController;
  #cancelTimer?: () => void;
  #startedAt = -Infinity;
  #notBefore = -Infinity;
  #failures = 0;
  #stopped = false;

  constructor(environment: LiveEnvironment, options: SerialTaskOptions<T>) {
    this.#environment = environment;
    this.#options = options;
  }

  get running(): boolean {
    return this.#abort !== undefined;
  }

  /** Whether the last run failed. */
  get failing(): boolean {
    return this.#failures > 0;
  }

  want(cause: Cause): void {
    const before = this.#wanted;
    if (!before || CAUSES.indexOf(cause) > CAUSES.indexOf(before)) {
      this.#wanted = cause;
    }
    this.#notBefore =
      this.#wanted === 'changed'
        ? this.#startedAt + this.#options.gapMs
        : -Infinity;
    this.resume();
  }

  /** Runs now what is wanted, without waiting for the end of a pause. */
  hurry(): void {
    this.#notBefore = -Infinity;
    this.resume();
  }

  /** Starts what is wanted if it is time, else sees to it that it starts then. */
  resume(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#stopped || this.running || !this.#wanted) return;
    if (this.#options.isPaused()) return;
    const wait = this.#notBefore - this.#environment.now();
    if (wait > 0) {
      this.#cancelTimer = this.#environment.after(wait, () => this.resume());
      return;
    }
    const cause = this.#wanted;
    this.#wanted = undefined;
    this.#startedAt = this.#environment.now();
    this.#options.onStart?.();
    void this.#run(cause);
  }

  /** Aborts what runs; nothing is called back any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#abort?.abort();
  }

  async #run(cause: Cause): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let cancelTimeout = () => {};
    try {
      const result = await Promise.race([
        this.#options.run(abort.signal, cause),
        new Promise<never>((_, reject) => {
          abort.signal.addEventListener('abort', () =>
            reject(abort.signal.reason),
          );
          cancelTimeout = this.#environment.after(REQUEST_TIMEOUT_MS, () =>
            abort.abort(
              new Error(
                `No answer within ${
                  REQUEST_TIMEOUT_MS / 1000
                } s; check the connection to the portal`,
              ),
            ),
          );
        }),
      ]);
      this.#finish(cancelTimeout, () => {
        this.#failures = 0;
        this.#options.onDone(result);
      });
    } catch (error) {
      this.#finish(cancelTimeout, () => this.#fail(toError(error), cause));
    }
  }

  #fail(error: Error, cause: Cause): void {
    this.#failures += 1;
    const delay = retryDelay(error, this.#failures);
    // Whatever was asked for during the run waits for the same pause.
    const wanted = this.#wanted;
    this.#wanted =
      wanted && CAUSES.indexOf(wanted) > CAUSES.indexOf(cause) ? wanted : cause;
    this.#notBefore =
      this.#environment.now() + jitter(delay, this.#environment);
    this.#options.onFailed(error);
  }

  #finish(cancelTimeout: () => void, settle: () => void): void {
    cancelTimeout();
    this.#abort = undefined;
    if (this.#stopped) return;
    settle();
    this.resume();
  }
}
