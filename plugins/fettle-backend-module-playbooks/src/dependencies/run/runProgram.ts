import { spawn } from 'node:child_process';
import { folderSize } from './folderSize';

export interface ProgramRun {
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Ended when it grows over `maxFolderBytes`. */
  folder: string;
  signal: AbortSignal;
  timeoutMs: number;
  maxOutputBytes: number;
  maxFolderBytes: number;
}

export interface ProgramResult {
  /** Null where it was ended. */
  code: number | null;
  /** Standard output and error, in the order in which they came. */
  output: string;
  ended?:
    | 'aborted'
    | 'timeout'
    | 'too-much-output'
    | 'too-much-space'
    | 'not-started';
}

const LOOK_EVERY_MS = 1_000;

/**
 * Runs a program without a shell and without the environment of this backend,
 * within limits. Whatever it started has ended when this resolves.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  run: ProgramRun,
): Promise<ProgramResult> {
  if (run.signal.aborted) return { code: null, output: '', ended: 'aborted' };
  return new Promise(resolve => {
    const child = spawn(program, [...args], {
      ...{ cwd: run.cwd, env: { ...run.env }, detached: true },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    let ended: ProgramResult['ended'];
    const stop = (why: ProgramResult['ended']) => {
      ended ??= why;
      killGroup(child.pid);
    };
    const onAbort = () => stop('aborted');
    run.signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
    const looking = setInterval(() => {
      folderSize(run.folder).then(
        size => size > run.maxFolderBytes && stop('too-much-space'),
        // It is being written, and looked at again.
        () => {},
      );
    }, LOOK_EVERY_MS);
    const onData = (part: Buffer) => {
      bytes += part.length;
      if (bytes > run.maxOutputBytes) stop('too-much-output');
      else parts.push(part);
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    const finish = (code: number | null, why?: ProgramResult['ended']) => {
      clearTimeout(timer);
      clearInterval(looking);
      run.signal.removeEventListener('abort', onAbort);
      const output = Buffer.concat(parts).toString('utf8');
      const reason = ended ?? why;
      resolve({ code, output, ...(reason ? { ended: reason } : {}) });
    };
    child.on('error', () => finish(null, 'not-started'));
    // Something that it started may hold the pipes open.
    child.on('exit', () => killGroup(child.pid));
    child.on('close', code => finish(ended ? null : code));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
