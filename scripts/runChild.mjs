import { spawn } from 'node:child_process';

/**
 * Runs a command to its end with this process's terminal, hands signals on, and
 * gives its exit code. With `onOutput`, what it prints goes there instead.
 */
export function runChild(command, args, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { stdio, ...options });
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    const forward = signal => child.kill(signal);
    // A terminal sends Ctrl-C to the child as well: only wait for it to end.
    const wait = () => {};
    process.on('SIGINT', wait);
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
