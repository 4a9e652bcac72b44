import { GitHelper, type GitResult } from './GitHelper';

const NOBODY_ELSE = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada Lovelace',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada Lovelace',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

let helper: GitHelper | undefined;

function run(
  cwd: string,
  args: readonly string[],
  input: Buffer | string = '',
): GitResult {
  helper ??= new GitHelper();
  const result = helper.run(args, {
    ...{ cwd, env: { PATH: process.env.PATH, ...NOBODY_ELSE } },
    input: Buffer.from(input as string),
  });
  if (result.status === -2) throw new Error(result.stderr.toString());
  return result;
}

// One for each file of tests, and not one more than that.
if (typeof afterAll === 'function') {
  afterAll(() => {
    helper?.close();
    helper = undefined;
  });
}

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
  const { status, stdout } = run(cwd, args, input);
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
  const { status, stdout, stderr } = run(cwd, args, input);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.toString();
}
