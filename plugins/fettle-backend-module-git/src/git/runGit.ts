import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { GitFailure, type GitFailureKind } from './GitFailure';
import { gitEnvironment, type GitProtocol } from './gitEnvironment';
import { gitStarter } from './GitStarter';
import { redactSecrets } from './redactSecrets';

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
    const output: Buffer[] = [];
    let outputBytes = 0;
    let ended: GitFailureKind | 'enough' | undefined;
    let killTimer: NodeJS.Timeout | undefined;

    const stop = (why: GitFailureKind | 'enough') => {
      if (ended) return;
      ended = why;
      signal('SIGTERM');
      killTimer = setTimeout(() => signal('SIGKILL'), KILL_AFTER_MS);
    };
    const onAbort = () => stop('aborted');
    run.signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
    const cleanUp = () => {
      clearTimeout(timer);
      clearTimeout(killTimer);
      run.signal.removeEventListener('abort', onAbort);
    };

    const { input } = run;
    const env = gitEnvironment(run);
    const signal = gitStarter.start(
      { args, cwd, env, input },
      {
        onOutput(chunk) {
          if (ended) return;
          outputBytes += chunk.length;
          if (outputBytes > run.maxOutputBytes) {
            stop('too-much-output');
          } else if (run.onOutput) {
            if (!run.onOutput(chunk)) stop('enough');
          } else {
            output.push(chunk);
          }
        },
        onFailure(kind, message) {
          cleanUp();
          // The system says the same of a missing program and a missing folder.
          const isGone = kind === 'not-started' && !existsSync(cwd);
          const said = isGone ? 'fatal: not a git repository' : message;
          reject(
            kind === 'lost' || isGone
              ? new GitFailure('exit', command, said)
              : new GitFailure('not-installed', command, said),
          );
        },
        onEnd(code, remarks) {
          cleanUp();
          if (ended === 'enough') {
            resolve(Buffer.alloc(0));
          } else if (ended) {
            const { timeoutMs, maxOutputBytes } = run;
            const limit = ended === 'timeout' ? timeoutMs : maxOutputBytes;
            reject(new GitFailure(ended, command, '', limit));
          } else if ((run.expectExit ?? [0]).includes(code ?? -1)) {
            run.onRemarks?.(remarks);
            resolve(Buffer.concat(output));
          } else {
            const said = redactSecrets(remarks, run.secrets).trim();
            reject(new GitFailure('exit', command, said));
          }
        },
      },
    );
  });
}
