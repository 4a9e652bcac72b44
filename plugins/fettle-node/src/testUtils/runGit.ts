import { spawnSync } from 'node:child_process';

/**
 * Runs git for a test, with nothing of the machine's configuration; null where it fails.
 *
 * @public
 */
export function tryGit(
  cwd: string,
  args: readonly string[],
  input?: Buffer | string,
): Buffer | null {
  const { PATH } = process.env;
  const nothing = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, error } = spawnSync('git', args, {
    ...{ cwd, input, maxBuffer: 1024 * 1024 * 1024 },
    env: { PATH, ...nothing },
  });
  if (error) throw error;
  return status === 0 ? stdout : null;
}

/**
 * The same, as text, of what must not fail.
 *
 * @public
 */
export function runGit(
  cwd: string,
  args: readonly string[],
  input?: Buffer | string,
): string {
  const output = tryGit(cwd, args, input);
  if (!output) throw new Error(`git ${args.join(' ')} failed`);
  return output.toString();
}
