import { InputError, isError } from '@backstage/errors';
import { StepFailedError } from './StepFailedError';
import type { StepStarts } from './StepStarts';
import type { StepOptions, WorkContext } from './WorkEngine';

const DEFAULT_STARTS = 3;

/** What a run's context needs of the engine; times in milliseconds. */
export interface EngineSteps {
  run<T>(name: string, step: () => Promise<T>): Promise<T>;
  sleep(name: string, ms: number): Promise<void>;
  waitForSignal(name: string, ms: number): Promise<{ data: unknown } | null>;
  /** Hands over a signal that came before its run waited for it. */
  redeliver(name: string): Promise<void>;
}

/**
 * The engine parks a run by throwing through the workflow's own code. A workflow
 * that catches everything, or joins branches with `allSettled`, would swallow
 * that and end too early; so what interrupts a run is remembered here, and
 * `settle` throws it again whatever the workflow made of it.
 */
export class RunContext implements WorkContext {
  private readonly names = new Set<string>();
  private readonly inFlight = new Set<Promise<unknown>>();
  private interruption: { error: unknown } | undefined;

  constructor(
    readonly runId: string,
    private readonly engine: EngineSteps,
    private readonly starts: StepStarts,
  ) {}

  step<T>(
    name: string,
    run: () => Promise<T>,
    options: StepOptions = {},
  ): Promise<T> {
    return this.guard(name, async () => {
      const allowed = options.starts ?? DEFAULT_STARTS;
      const { starts, error: lastError } = this.starts.of(name);
      if (starts >= allowed) {
        throw new StepFailedError(name, starts, lastError);
      }
      try {
        return await this.engine.run(name, run);
      } catch (error) {
        if (isError(error) && error.name === 'StepError') {
          if (starts + 1 >= allowed) {
            throw new StepFailedError(name, starts + 1, error.message);
          }
        }
        throw error;
      }
    });
  }

  sleep(name: string, seconds: number): Promise<void> {
    return this.guard(name, () =>
      this.engine.sleep(name, milliseconds(name, seconds)),
    );
  }

  waitFor<T>(name: string, timeoutSeconds: number): Promise<T | undefined> {
    return this.guard(name, async () => {
      try {
        const answer = await this.engine.waitForSignal(
          name,
          milliseconds(name, timeoutSeconds),
        );
        return answer ? (answer.data as T) : undefined;
      } catch (error) {
        // Only now, when the wait is stored, can a sender not miss it.
        await this.engine.redeliver(name);
        throw error;
      }
    });
  }

  /** Runs the workflow; what interrupts it goes before what it returns or throws. */
  async settle<O>(workflow: () => Promise<O>): Promise<O> {
    const outcome = await workflow().then(
      output => () => output,
      error => () => {
        throw error;
      },
    );
    // A branch that is cut off would do its step a second time.
    await Promise.allSettled(this.inFlight);
    if (this.interruption) {
      throw this.interruption.error;
    }
    return outcome();
  }

  private guard<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.names.has(name)) {
      const error = new InputError(
        `Run ${this.runId} has two steps named "${name}"; names tell after a crash what was done, so they must differ`,
      );
      this.interruption ??= { error };
      return Promise.reject(error);
    }
    this.names.add(name);
    if (this.interruption) {
      return Promise.reject(this.interruption.error);
    }
    const outcome = work().catch(error => {
      if (!(error instanceof StepFailedError)) {
        this.interruption ??= { error };
      }
      throw error;
    });
    this.inFlight.add(outcome);
    return outcome;
  }
}

function milliseconds(name: string, seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new InputError(
      `"${name}" would wait ${seconds} seconds; a number from 0 on is needed`,
    );
  }
  return Math.round(seconds * 1000);
}
