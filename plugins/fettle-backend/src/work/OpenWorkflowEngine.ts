import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { OpenWorkflow, type Worker } from 'openworkflow';
import type { Backend, WorkflowRun } from 'openworkflow/internal';
import { setTimeout as delay } from 'node:timers/promises';
import { LeasedBackend } from './LeasedBackend';
import { RunContext } from './RunContext';
import { StepStarts } from './StepStarts';
import type { RunStatus, Workflow, WorkEngine } from './WorkEngine';
import { WorkLoop } from './WorkLoop';
import type { WorkStore } from './WorkStore';

const ENDED = ['completed', 'succeeded', 'failed', 'canceled'];
/** A step that throws is done again after 1, 2, 4 … seconds; how often, RunContext says. */
const STEP_RETRIES = { maximumAttempts: 0, maximumInterval: '60s' } as const;

/** How an engine works; each has a default. */
export interface OpenWorkflowEngineOptions {
  store: WorkStore;
  logger: LoggerService;
  /** Runs at a time in this process. 5 if not given. */
  concurrency?: number;
  /** After how long a dead process's runs are taken over. 30 if not given. */
  leaseSeconds?: number;
  /** How often work that other processes started is looked for. 250 if not given. */
  pollMs?: number;
}

/** Durable work on openworkflow; every process of the portal is a worker. */
export class OpenWorkflowEngine implements WorkEngine {
  private readonly ids = new Set<string>();
  private readonly leased: LeasedBackend;
  private readonly backend: Backend;
  private readonly client: OpenWorkflow;
  private readonly loop: WorkLoop;
  private worker: Worker | undefined;
  private stopped = false;

  constructor(private readonly options: OpenWorkflowEngineOptions) {
    const { store, logger, leaseSeconds = 30, pollMs = 250 } = options;
    this.leased = new LeasedBackend(store.backend, {
      ...{ leaseSeconds, logger },
      onSlotFree: () => this.loop.wake(),
    });
    this.backend = this.leased.backend;
    this.client = new OpenWorkflow({ backend: this.backend });
    this.loop = new WorkLoop({ round: () => this.round(), pollMs, logger });
  }

  register(workflow: Workflow<any, any>): void {
    if (this.worker) {
      throw new ConflictError(
        `Workflow "${workflow.id}" is registered after the start of work`,
      );
    }
    if (!/^[a-z][a-z0-9-]*$/.test(workflow.id) || this.ids.has(workflow.id)) {
      throw new InputError(
        `Workflow id "${workflow.id}" is taken, or not lower case with dashes`,
      );
    }
    this.ids.add(workflow.id);
    this.client.defineWorkflow<unknown, unknown>(
      { name: workflow.id },
      async ({ input, run, step }) => {
        const context = new RunContext(
          run.id,
          {
            run: (name, work) =>
              step.run({ name, retryPolicy: STEP_RETRIES }, work),
            sleep: (name, ms) => step.sleep(name, `${ms}ms`),
            waitForSignal: (name, ms) =>
              step.waitForSignal({
                ...{ name, timeout: ms },
                signal: address(run.id, name),
              }),
            redeliver: name => this.redeliver(run.id, name),
          },
          await StepStarts.read(this.backend, run.id),
        );
        return context.settle(async () => workflow.run(context, input));
      },
    );
  }

  async run(): Promise<void> {
    const { concurrency = 5 } = this.options;
    this.worker ??= this.client.newWorker({ concurrency });
    this.loop.start();
  }

  async start(
    workflowId: string,
    input: unknown,
    options: { key?: string } = {},
  ): Promise<{ runId: string }> {
    if (!this.ids.has(workflowId)) {
      throw new NotFoundError(
        `No workflow "${workflowId}"; there are ${[...this.ids].join(', ')}`,
      );
    }
    const handle = await this.client.runWorkflow(
      { name: workflowId },
      input,
      options.key === undefined ? {} : { idempotencyKey: options.key },
    );
    this.loop.wake();
    return { runId: handle.workflowRun.id };
  }

  async signal(runId: string, name: string, payload: unknown): Promise<void> {
    const run = await this.find(runId);
    if (ENDED.includes(run.status)) {
      return;
    }
    // The row first: whoever begins to wait after this line finds it.
    const data = (payload ?? null) as JsonValue;
    await this.options.store.keepSignal(runId, name, data);
    await this.redeliver(runId, name);
    this.loop.wake();
  }

  async cancel(runId: string): Promise<void> {
    const run = await this.find(runId);
    if (ENDED.includes(run.status)) {
      return;
    }
    try {
      await this.backend.cancelWorkflowRun({ workflowRunId: runId });
    } catch (error) {
      if (!ENDED.includes((await this.find(runId)).status)) {
        throw error;
      }
    }
  }

  async status(runId: string): Promise<RunStatus | undefined> {
    const run = await this.backend.getWorkflowRun({ workflowRunId: runId });
    return run ? toStatus(run) : undefined;
  }

  async prune(endedBefore: Date): Promise<void> {
    const runs = await this.options.store.prune(endedBefore);
    this.options.logger.debug(`Forgot ${runs} ended runs of durable work`);
  }

  async stop(graceSeconds = 10): Promise<void> {
    if (this.stopped) {
      return;
    }
    this.stopped = true;
    await this.loop.stop();
    const grace = new AbortController();
    const left = await Promise.race([
      this.worker?.stop().then(() => false),
      delay(graceSeconds * 1000, true, { signal: grace.signal }),
    ]);
    grace.abort();
    if (left) {
      this.options.logger.warn(
        `Durable work was stopped with runs under way; they go on elsewhere or after the next start`,
      );
    }
    this.leased.dispose();
    await this.options.store.close();
  }

  private round(): Promise<number> {
    this.leased.newRound();
    return this.worker?.tick() ?? Promise.resolve(0);
  }

  /** The engine drops a signal that nobody waits for, so it is given from the row, by whichever side comes second. */
  private async redeliver(runId: string, name: string) {
    const kept = await this.options.store.findSignal(runId, name);
    if (kept) {
      await this.client.sendSignal({
        signal: address(runId, name),
        data: kept.payload as Parameters<
          OpenWorkflow['sendSignal']
        >[0]['data'] & {},
      });
    }
  }

  private async find(runId: string): Promise<WorkflowRun> {
    const run = await this.backend.getWorkflowRun({ workflowRunId: runId });
    if (!run) {
      throw new NotFoundError(`No run ${runId}; it may have been pruned`);
    }
    return run;
  }
}

function address(runId: string, name: string): string {
  return `${runId}:${name}`;
}

function toStatus(run: WorkflowRun): RunStatus {
  switch (run.status) {
    case 'completed':
    case 'succeeded':
      return { state: 'succeeded', output: run.output };
    case 'failed':
      return { state: 'failed', error: run.error?.message ?? 'unknown error' };
    case 'canceled':
      return { state: 'cancelled' };
    default:
      return { state: run.workerId ? 'running' : 'waiting' };
  }
}
