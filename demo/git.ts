import { execFile } from 'node:child_process';

/** Git without the settings of the machine or of the person who runs it. */
function gitEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  );
  return {
    ...env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    ...more,
  };
}

/** Runs git and gives what it printed, without the last line break; throws with what it complained about. */
export function git(
  cwd: string,
  args: string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      { cwd, env: gitEnvironment(options.env), maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) {
          reject(
            new Error(
              `git ${args[0]} failed in ${cwd}: ${
                stderr.trim() || error.message
              }`,
            ),
          );
        } else {
          resolve(stdout.replace(/\n$/, ''));
        }
      },
    );
    // Where git ends before it has read all, its exit code says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
  });
}
