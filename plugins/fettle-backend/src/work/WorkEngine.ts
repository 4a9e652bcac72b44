/** How one step is treated. */
export interface StepOptions {
  /**
   * How often it may be started, whether it threw (then after 1, 2, 4 … s
   * again) or its process died; 3 if not given. Then `StepFailedError` reaches the
   * workflow, which may catch it to clean up or escalate.
   */
  starts?: number;
}

/** What a workflow can do besides computing. */
export interface WorkContext {
  readonly runId: string;
  /**
   * Does something and remembers the result, so that after a crash the run goes
   * on behind it. At least once: a step that was running is done again, so
   * what it does is idempotent. Names are unique in a run, waits included. The
   * result is JSON. Steps get no abort signal: a cancelled run ends before its
   * next step.
   */
  step<T>(
    name: string,
    run: () => Promise<T>,
    options?: StepOptions,
  ): Promise<T>;
  /** Waits durably. */
  sleep(name: string, seconds: number): Promise<void>;
  /** Waits for `signal(runId, name)`; undefined when the time is up. */
  waitFor<T>(name: string, timeoutSeconds: number): Promise<T | undefined>;
}

/** A piece of work that survives crashes and is spread over replicas. */
export interface Workflow<I = unknown, O = unknown> {
  /** Unique, lower case with dashes. */
  readonly id: string;
  run(context: WorkContext, input: I): Promise<O>;
}

/** Where a run stands. */
export interface RunStatus {
  state: 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** What it gave, when it succeeded. */
  output?: unknown;
  /** Why it failed. */
  error?: string;
}

/**
 * Durable work, behind Fettle's own words so that the engine can be replaced.
 * Domain rules (who may run when) are rows in the plugin's own tables, not
 * features of the engine.
 */
export interface WorkEngine {
  /** Makes a workflow known; before `run`. Throws if the id is taken. */
  register(workflow: Workflow<any, any>): void;
  /** Begins to work. */
  run(): Promise<void>;
  /**
   * Starts a run; with the same `key`, a run of the last 24 hours is given in its
   * place, also one that ended. A key is no lock.
   * @throws NotFoundError when no such workflow is registered
   */
  start(
    workflowId: string,
    input: unknown,
    options?: { key?: string },
  ): Promise<{ runId: string }>;
  /**
   * Tells a run, also one that does not wait yet; the first signal of a name
   * counts, and a run that ended ignores it. What people decided belongs into a
   * row of the plugin first: the engine's rows are pruned.
   * @throws NotFoundError when there is no such run
   */
  signal(runId: string, name: string, payload: unknown): Promise<void>;
  /** Ends a run before its next step; one that ended stays as it is. */
  cancel(runId: string): Promise<void>;
  status(runId: string): Promise<RunStatus | undefined>;
  /** Deletes runs that ended before the given time, so that their keys no longer count. */
  prune(endedBefore: Date): Promise<void>;
  /** Stops working for good; what runs after `graceSeconds` is left to the lease. */
  stop(graceSeconds?: number): Promise<void>;
}
