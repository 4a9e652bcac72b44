import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { GitFailure, type GitFailureKind } from './GitFailure';
import { gitEnvironment, type GitProtocol } from './gitEnvironment';
import { redactSecrets } from './redactSecrets';

const MAX_STDERR_BYTES = 16 * 1024;
const KILL_AFTER_MS = 2_000;

export interface GitRun {
  gitDir?: string;
  signal: AbortSignal;
  timeoutMs: number;
  /** Bytes of standard output after which git is stopped. */
  maxOutputBytes: number;
  protocol?: GitProtocol;
  settings?: readonly (readonly [string, string])[];
  /** Taken out of whatever git says. */
  secrets?: readonly string[];
  input?: string;
  /** Exit codes that are answers; 0 if absent. */
  expectExit?: readonly number[];
  /** Takes what git said beside its output, where it ended well. */
  onRemarks?: (stderr: string) => void;
  /** Of a commit that is made: seconds since 1970. */
  commitTime?: number;
  /** Lets git find the keys of the portal's user. */
  signs?: boolean;
  /** Makes git remark on each packet that it exchanges with a remote. */
  tracePackets?: boolean;
  /** Takes the output piece by piece; git is stopped, and the run ends well, when it returns false. */
  onOutput?: (chunk: Buffer) => boolean;
}

/**
 * Runs system git without a shell, in a fixed environment, within limits.
 * Resolves to its output (empty with `onOutput`), rejects with a {@link GitFailure}.
 */
export async function runGit(
  args: readonly string[],
  run: GitRun,
): Promise<Buffer> {
  const command = args[0];
  if (run.signal.aborted) throw new GitFailure('aborted', command, '');

  const cwd = run.gitDir ?? tmpdir();
  return new Promise<Buffer>((resolve, reject) => {
    const child = spawn('git', [...args], {
      cwd,
      env: gitEnvironment(run),
      // A group of its own: what git starts is ended with it, and nothing can
      // ask for a password on the server's terminal.
      detached: true,
      stdio: [run.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });

    const output: Buffer[] = [];
    let outputBytes = 0;
    let stderr = '';
    let ended: GitFailureKind | 'enough' | undefined;
    let killTimer: NodeJS.Timeout | undefined;

    const stop = (why: GitFailureKind | 'enough') => {
      if (ended) return;
      ended = why;
      signalGroup(child.pid, 'SIGTERM');
      killTimer = setTimeout(
        () => signalGroup(child.pid, 'SIGKILL'),
        KILL_AFTER_MS,
      );
    };
    const onAbort = () => stop('aborted');
    run.signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
    const cleanUp = () => {
      clearTimeout(timer);
      clearTimeout(killTimer);
      run.signal.removeEventListener('abort', onAbort);
    };

    child.stdout!.on('data', (chunk: Buffer) => {
      if (ended) return;
      outputBytes += chunk.length;
      if (outputBytes > run.maxOutputBytes) {
        stop('too-much-output');
      } else if (run.onOutput) {
        if (!run.onOutput(chunk)) stop('enough');
      } else {
        output.push(chunk);
      }
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR_BYTES) stderr += chunk.toString('utf8');
    });
    // Git may end before it has read everything; its exit says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(run.input);

    child.on('error', error => {
      cleanUp();
      // The system says the same of a missing program and a missing folder.
      reject(
        existsSync(cwd)
          ? new GitFailure('not-installed', command, error.message)
          : new GitFailure('exit', command, 'fatal: not a git repository'),
      );
    });
    child.on('close', code => {
      cleanUp();
      if (ended === 'enough') {
        resolve(Buffer.alloc(0));
      } else if (ended) {
        const limit = ended === 'timeout' ? run.timeoutMs : run.maxOutputBytes;
        reject(new GitFailure(ended, command, '', limit));
      } else if ((run.expectExit ?? [0]).includes(code ?? -1)) {
        run.onRemarks?.(stderr);
        resolve(Buffer.concat(output));
      } else {
        reject(
          new GitFailure(
            'exit',
            command,
            redactSecrets(stderr, run.secrets).trim(),
          ),
        );
      }
    });
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
