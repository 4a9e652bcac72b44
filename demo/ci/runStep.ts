import { spawn } from 'node:child_process';
import type { WriteStream } from 'node:fs';

const LIMIT_MS = 5 * 60_000;

/**
 * Runs one step in a shell of its own, with nothing of this machine in its
 * environment but the path to programs.
 *
 * @returns its exit code; null where it was ended
 */
export function runStep(options: {
  script: string;
  cwd: string;
  env: Record<string, string>;
  log: WriteStream;
  signal: AbortSignal;
}): Promise<number | null> {
  const { script, cwd, env, log, signal } = options;
  return new Promise(resolve => {
    const child = spawn('sh', ['-eu', '-c', script], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd, LANG: 'C', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it started ends with it.
      detached: true,
    });
    const end = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It had ended by itself.
      }
    };
    const timer = setTimeout(() => {
      log.write(`ended after ${LIMIT_MS / 1000} s\n`);
      end();
    }, LIMIT_MS);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const done = (code: number | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(code);
    };
    child.once('error', error => {
      log.write(`${error.message}\n`);
      done(1);
    });
    child.once('close', done);
  });
}
