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
  private readonly claims = new Map<
    string,
    { run: Run; timer: NodeJS.Timeout }
  >();
  private queue: Promise<unknown> = Promise.resolve();
  private dry = false;
  private disposed = false;

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
    this.disposed = true;
    this.claims.forEach(({ timer }) => clearInterval(timer));
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
        this.keepAlive(run, claim.workerId);
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

  private keepAlive(run: Run, workerId: string) {
    const key = keyOf({ workflowRunId: run.id, workerId });
    const timer = setInterval(() => {
      this.inner
        .extendWorkflowRunLease({
          workflowRunId: run.id,
          workerId,
          leaseDurationMs: this.options.leaseSeconds * 1000,
        })
        .catch(error => {
          if (this.claims.get(key)?.timer === timer && !this.disposed) {
            this.options.logger.debug(
              `The lease of run ${run.id} could not be renewed: it was cancelled, another worker has it, or the database is away (${error})`,
            );
          }
        });
    }, (this.options.leaseSeconds * 1000) / 3);
    clearInterval(this.claims.get(key)?.timer);
    this.claims.set(key, { run, timer });
  }

  /** The worker's own heartbeat would report every cancelled run on the console. */
  private async extend(extension: Extension): Promise<Run> {
    const leftOver = this.leftOver(extension);
    if (leftOver) {
      return leftOver;
    }
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

  private ending<P extends Owned>(
    call: (params: P) => Promise<Run>,
  ): (params: P) => Promise<Run> {
    return async params => {
      const leftOver = this.leftOver(params);
      if (leftOver) {
        return leftOver;
      }
      try {
        return await call(params);
      } finally {
        const key = keyOf(params);
        clearInterval(this.claims.get(key)?.timer);
        this.claims.delete(key);
        this.options.onSlotFree();
      }
    };
  }

  /** After the stop, the worker would report each of these as a critical error. */
  private leftOver(params: Owned): Run | undefined {
    return this.disposed ? this.claims.get(keyOf(params))?.run : undefined;
  }
}

interface Owned {
  workflowRunId: string;
  workerId: string;
}

function keyOf({ workflowRunId, workerId }: Owned): string {
  return `${workflowRunId} ${workerId}`;
}
