/** What a workflow can do besides computing. */
export interface WorkContext {
  readonly runId: string;
  /**
   * Does something and remembers the result, so that after a crash the run goes
   * on behind it. At least once: a step that was running is done again, so
   * what it does is idempotent. Names are unique in a run. The result is JSON.
   */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
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
  /** Starts a run; with the same `key`, a run of the last 24 hours is given in its place. */
  start(
    workflowId: string,
    input: unknown,
    options?: { key?: string },
  ): Promise<{ runId: string }>;
  /** Tells a waiting run. Write the decision as a row first: a signal can be lost. */
  signal(runId: string, name: string, payload: unknown): Promise<void>;
  cancel(runId: string): Promise<void>;
  status(runId: string): Promise<RunStatus | undefined>;
  /** Deletes runs that ended before the given time. */
  prune(endedBefore: Date): Promise<void>;
  /** Stops working; what runs after `graceSeconds` is left to the lease. */
  stop(graceSeconds?: number): Promise<void>;
}
