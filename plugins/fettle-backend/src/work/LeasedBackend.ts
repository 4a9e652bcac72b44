import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Backend } from 'openworkflow/internal';

type Claim = Parameters<Backend['claimWorkflowRun']>[0];
type Run = NonNullable<Awaited<ReturnType<Backend['claimWorkflowRun']>>>;
type Extension = Parameters<Backend['extendWorkflowRunLease']>[0];

const ENDINGS = [
  'completeWorkflowRun',
  'failWorkflowRun',
  'sleepWorkflowRun',
  'rescheduleWorkflowRunAfterFailedStepAttempt',
] as const;

/**
 * Stands between the engine's worker and the database, because the worker
 * fixes its lease (30 s), its heartbeat (15 s), and asks once per free slot.
 * Here the lease is ours, its renewal leaves room for two failures, and one
 * unanswered question per round stands for all free slots.
 */
export class LeasedBackend {
  readonly backend: Backend;
  private readonly heartbeats = new Map<string, NodeJS.Timeout>();
  private queue: Promise<unknown> = Promise.resolve();
  private dry = false;

  constructor(
    private readonly inner: Backend,
    private readonly options: {
      leaseSeconds: number;
      logger: LoggerService;
      /** Called when a run has left its slot. */
      onSlotFree(): void;
    },
  ) {
    const overrides: Partial<Backend> = {
      claimWorkflowRun: claim => this.claim(claim),
      extendWorkflowRunLease: extension => this.extend(extension),
    };
    this.backend = new Proxy(inner, {
      get: (target, property) => {
        const ending = ENDINGS.find(name => name === property);
        const value: unknown =
          Reflect.get(overrides, property) ?? Reflect.get(target, property);
        if (typeof value !== 'function') {
          return value;
        }
        const call = value.bind(target);
        return ending ? this.ending(call) : call;
      },
    });
  }

  /** A new round of questions begins. */
  newRound() {
    this.dry = false;
  }

  /** Lets every lease run out. */
  dispose() {
    this.heartbeats.forEach(timer => clearInterval(timer));
    this.heartbeats.clear();
  }

  private claim(claim: Claim): Promise<Run | null> {
    const next = this.queue.then(async () => {
      if (this.dry) {
        return null;
      }
      const run = await this.inner.claimWorkflowRun({
        ...claim,
        leaseDurationMs: this.options.leaseSeconds * 1000,
      });
      if (run) {
        this.keepAlive(run.id, claim.workerId);
      } else {
        this.dry = true;
      }
      return run;
    });
    this.queue = next.catch(() => {
      this.dry = true;
    });
    return next;
  }

  private keepAlive(runId: string, workerId: string) {
    const key = `${runId} ${workerId}`;
    const timer = setInterval(() => {
      this.inner
        .extendWorkflowRunLease({
          workflowRunId: runId,
          workerId,
          leaseDurationMs: this.options.leaseSeconds * 1000,
        })
        .catch(error => {
          if (this.heartbeats.get(key) === timer) {
            this.options.logger.debug(
              `The lease of run ${runId} could not be renewed: it was cancelled, another worker has it, or the database is away (${error})`,
            );
          }
        });
    }, (this.options.leaseSeconds * 1000) / 3);
    clearInterval(this.heartbeats.get(key));
    this.heartbeats.set(key, timer);
  }

  /** The worker's own heartbeat would report every cancelled run on the console. */
  private async extend(extension: Extension): Promise<Run> {
    const run = await this.inner.getWorkflowRun(extension);
    if (run?.status === 'running' && run.workerId === extension.workerId) {
      return await this.inner.extendWorkflowRunLease({
        ...extension,
        leaseDurationMs: this.options.leaseSeconds * 1000,
      });
    }
    if (!run) {
      throw new Error(`Run ${extension.workflowRunId} no longer exists`);
    }
    return run;
  }

  private ending<P extends { workflowRunId: string; workerId: string }, R>(
    call: (params: P) => Promise<R>,
  ): (params: P) => Promise<R> {
    return async params => {
      try {
        return await call(params);
      } finally {
        const key = `${params.workflowRunId} ${params.workerId}`;
        clearInterval(this.heartbeats.get(key));
        this.heartbeats.delete(key);
        this.options.onSlotFree();
      }
    };
  }
}
