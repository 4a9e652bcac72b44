import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
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

interface Helper {
  process: ChildProcess;
  job?: Job;
  timer?: NodeJS.Timeout;
}

/**
 * Runs scans in processes of their own: whatever a file does to its scanner,
 * the portal goes on. One that takes too long or too much memory is ended, and
 * the next scan gets another process. These have nothing of the portal's
 * environment, and can neither write files nor start programs.
 */
export class ScanPool {
  readonly #waiting: Job[] = [];
  readonly #helpers = new Set<Helper>();
  #lastId = 0;
  #stopped = false;

  constructor(
    private readonly options: {
      processes: number;
      timeoutMs: number;
      memoryMiB: number;
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
    await Promise.all(
      [...this.#helpers].map(helper => {
        const ended = new Promise(resolve => {
          helper.process.once('exit', resolve);
        });
        this.#end(helper, stopped);
        return ended;
      }),
    );
  }

  #next(): void {
    while (!this.#stopped && this.#waiting.length > 0) {
      const helper = this.#idle();
      if (!helper) return;
      const job = this.#waiting.shift()!;
      const { timeoutMs } = this.options;
      helper.job = job;
      helper.timer = setTimeout(() => {
        const message = `It took longer than ${
          timeoutMs / 1000
        } seconds and was stopped.`;
        this.#end(helper, new ScanFailure('timeout', message));
      }, timeoutMs);
      const { id, program, input } = job;
      helper.process.send({ id, program, input }, error => {
        if (error) this.#end(helper, scannerFailed(error.message));
      });
    }
  }

  #idle(): Helper | undefined {
    for (const helper of this.#helpers) if (!helper.job) return helper;
    const { processes, memoryMiB } = this.options;
    if (this.#helpers.size >= processes) return undefined;
    const helper: Helper = {
      process: fork(RUN_SCANNER, [], {
        execArgv: [
          ...nodeOptions(),
          `--max-old-space-size=${memoryMiB}`,
          '--disable-warning=ExperimentalWarning',
        ],
        // Copies data as it is, where JSON would not.
        serialization: 'advanced',
        env: environment(),
        // What ends with its parent by its input has one.
        stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
      }),
    };
    // A portal that stops does not wait for one that has nothing to do.
    helper.process.unref();
    helper.process.channel?.unref();
    (helper.process.stdin as Socket | null)?.unref();
    helper.process.on('message', answer =>
      this.#answer(helper, answer as Answer),
    );
    helper.process.on('error', error =>
      this.#end(helper, scannerFailed(error.message)),
    );
    helper.process.on('exit', (code, signal) =>
      this.#end(helper, explainExit({ code, signal, memoryMiB })),
    );
    this.#helpers.add(helper);
    return helper;
  }

  #answer(helper: Helper, answer: Answer): void {
    const { job } = helper;
    if (!job || job.id !== answer.id) return;
    clearTimeout(helper.timer);
    helper.job = undefined;
    if (answer.report) job.resolve(answer.report);
    else job.reject(scannerFailed(answer.failed ?? 'It gave nothing.'));
    this.#next();
  }

  /** A process that failed is not used again. */
  #end(helper: Helper, failure: ScanFailure): void {
    if (!this.#helpers.delete(helper)) return;
    clearTimeout(helper.timer);
    helper.job?.reject(failure);
    helper.job = undefined;
    helper.process.kill('SIGKILL');
    this.#next();
  }
}

interface Answer {
  id: number;
  report?: ScanReport;
  failed?: string;
}

/** Where loaders keep what they made; nothing else of the portal's. */
const CACHES = ['HOME', 'USERPROFILE', 'LOCALAPPDATA', 'XDG_CACHE_HOME'];

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    ['NODE_ENV', ...CACHES].flatMap(name => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Scanners only read what they are given. Where this process loads its own
 * sources (in development, in tests of a portal), the same loaders are needed,
 * which do more.
 */
function nodeOptions(): string[] {
  const { execArgv } = process;
  const loaders = execArgv.flatMap((option, i) => {
    if (/^(-r|--require|--import)=/.test(option)) return [option];
    if (/^(-r|--require|--import)$/.test(option)) {
      return [option, execArgv[i + 1]];
    }
    return [];
  });
  return loaders.length > 0 ? loaders : ['--permission', '--allow-fs-read=*'];
}

function scannerFailed(why: string): ScanFailure {
  return new ScanFailure('scanner-failed', `The scanner failed: ${why}`);
}

/** V8 aborts where its memory ends. */
function explainExit(exit: {
  code: number | null;
  signal: string | null;
  memoryMiB: number;
}): ScanFailure {
  const { code, signal, memoryMiB } = exit;
  return signal === 'SIGABRT' || code === 134
    ? new ScanFailure('too-large', `It needed more than ${memoryMiB} MiB.`)
    : scannerFailed(`its process ended (${signal ?? code}).`);
}
