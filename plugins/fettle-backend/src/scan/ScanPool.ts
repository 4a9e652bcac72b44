import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { ScanInput, ScanReport } from 'backstage-plugin-fettle-node';

const RUN_SCANNER = resolvePackagePath(
  'backstage-plugin-fettle-backend',
  'worker/runScanner.js',
);

/** Why a scan did not come to its end. */
export class ScanFailure extends Error {
  constructor(
    readonly code: 'timeout' | 'too-large' | 'scanner-failed' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}

interface Job {
  id: number;
  program: string;
  input: ScanInput;
  resolve: (report: ScanReport) => void;
  reject: (failure: ScanFailure) => void;
}

interface Thread {
  worker: Worker;
  job?: Job;
  timer?: NodeJS.Timeout;
}

/**
 * Runs scans in threads of their own. One that takes too long or too much
 * memory is ended with its thread, and the next scan gets another.
 */
export class ScanPool {
  readonly #waiting: Job[] = [];
  readonly #threads = new Set<Thread>();
  #lastId = 0;
  #stopped = false;

  constructor(
    private readonly options: {
      threads: number;
      timeoutMs: number;
      memoryMiB: number;
      /** Of Node, in place of those of this process. */
      execArgv?: string[];
    },
  ) {}

  /** @throws ScanFailure */
  run(program: string, input: ScanInput): Promise<ScanReport> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const job = { id: this.#lastId, program, input, resolve, reject };
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends what runs; what waits is not begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const stopped = new ScanFailure('stopped', 'The portal is stopping.');
    for (const { reject } of this.#waiting.splice(0)) reject(stopped);
    const threads = [...this.#threads];
    for (const thread of threads) this.#end(thread, stopped);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #next(): void {
    while (!this.#stopped && this.#waiting.length > 0) {
      const thread = this.#idle();
      if (!thread) return;
      const job = this.#waiting.shift()!;
      const { timeoutMs } = this.options;
      thread.job = job;
      thread.timer = setTimeout(() => {
        const seconds = timeoutMs / 1000;
        const message = `It took longer than ${seconds} seconds and was stopped.`;
        this.#end(thread, new ScanFailure('timeout', message));
      }, timeoutMs);
      const { id, program, input } = job;
      thread.worker.postMessage({ id, program, input });
    }
  }

  #idle(): Thread | undefined {
    for (const thread of this.#threads) if (!thread.job) return thread;
    if (this.#threads.size >= this.options.threads) return undefined;
    const { memoryMiB, execArgv } = this.options;
    const worker = new Worker(RUN_SCANNER, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
      ...(execArgv ? { execArgv } : {}),
    });
    // A portal that stops does not wait for a thread that has nothing to do.
    worker.unref();
    const thread: Thread = { worker };
    worker.on('message', answer => this.#answer(thread, answer));
    worker.on('error', error => this.#end(thread, toFailure(error, memoryMiB)));
    worker.on('exit', () =>
      this.#end(thread, new ScanFailure('scanner-failed', 'Its thread ended.')),
    );
    this.#threads.add(thread);
    return thread;
  }

  #answer(
    thread: Thread,
    answer: { id: number; report?: ScanReport; failed?: string },
  ): void {
    const { job } = thread;
    if (!job || job.id !== answer.id) return;
    clearTimeout(thread.timer);
    thread.job = undefined;
    if (answer.report) job.resolve(answer.report);
    else {
      const message = `The scanner failed: ${answer.failed}`;
      job.reject(new ScanFailure('scanner-failed', message));
    }
    this.#next();
  }

  /** A thread that failed is not used again. */
  #end(thread: Thread, failure: ScanFailure): void {
    if (!this.#threads.delete(thread)) return;
    clearTimeout(thread.timer);
    thread.job?.reject(failure);
    thread.job = undefined;
    thread.worker.terminate().catch(() => undefined);
    this.#next();
  }
}

function toFailure(error: unknown, memoryMiB: number): ScanFailure {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ScanFailure('too-large', `It needed more than ${memoryMiB} MiB.`)
    : new ScanFailure('scanner-failed', `The scanner failed: ${message}`);
}
