import { fork, type ChildProcess } from 'node:child_process';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const START_GIT = resolvePackagePath(
  'backstage-plugin-fettle-backend-module-git',
  'worker/startGit.js',
);
const IDLE_MS = 30_000;

/** What is told of one run; `onEnd` comes last, once. */
export interface GitListener {
  onOutput(chunk: Buffer): void;
  /** Exit code, null for a signal, and the beginning of what it said on standard error. */
  onEnd(code: number | null, remarks: string): void;
  /** It could not be started, or was lost with what started it. */
  onFailure(kind: 'not-started' | 'lost', message: string): void;
}

interface Answer {
  id: number;
  output?: Uint8Array;
  code?: number | null;
  remarks?: string;
  failed?: string;
}

/**
 * Has git started by a small process: to start one, the system copies what it
 * knows of the memory of the process that asks, which of a whole portal takes
 * longer than git itself does.
 */
class GitStarter {
  readonly #listeners = new Map<number, GitListener>();
  #lastId = 0;
  #process: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** Gives what sends a signal to it and to all that it started. */
  start(
    run: {
      args: readonly string[];
      cwd: string;
      env: NodeJS.ProcessEnv;
      input?: string;
    },
    listener: GitListener,
  ): (signal: NodeJS.Signals) => void {
    clearTimeout(this.#idle);
    const starter = (this.#process ??= this.#fork());
    this.#lastId += 1;
    const id = this.#lastId;
    this.#listeners.set(id, listener);
    starter.ref();
    starter.channel?.ref();
    starter.send({ id, ...run });
    return signal => {
      if (this.#listeners.has(id)) starter.send({ id, signal });
    };
  }

  #fork(): ChildProcess {
    const starter = fork(START_GIT, [], {
      // Nothing of the portal's: what git is to have comes with each run.
      ...{ env: {}, execArgv: [] },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // What interrupts the portal lets it end its runs by itself.
      detached: true,
    });
    starter.on('message', answer => this.#take(answer as Answer));
    starter.on('error', error => this.#lose(starter, error.message));
    starter.on('exit', (code, signal) =>
      this.#lose(starter, `its starter ended (${signal ?? code})`),
    );
    return starter;
  }

  #take({ id, output, code, remarks = '', failed }: Answer): void {
    const listener = this.#listeners.get(id);
    if (!listener) return;
    if (output?.length) {
      const { buffer, byteOffset, byteLength } = output;
      listener.onOutput(Buffer.from(buffer, byteOffset, byteLength));
    }
    if (code === undefined && failed === undefined) return;
    this.#listeners.delete(id);
    if (this.#listeners.size === 0) this.#rest();
    if (failed === undefined) listener.onEnd(code ?? null, remarks);
    else listener.onFailure('not-started', failed);
  }

  /** A portal that stops does not wait for one that has nothing to do. */
  #rest(): void {
    const starter = this.#process;
    starter?.unref();
    starter?.channel?.unref();
    this.#idle = setTimeout(() => {
      this.#process = undefined;
      starter?.disconnect();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #lose(starter: ChildProcess, why: string): void {
    if (this.#process !== starter) return;
    this.#process = undefined;
    const lost = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const { onFailure } of lost) onFailure('lost', why);
  }
}

/** One for this process. */
export const gitStarter = new GitStarter();
