import { GitFailure } from './GitFailure';
import { redactSecrets } from './redactSecrets';
import { runGit } from './runGit';
import { git, GitFixtures } from '../testing/GitFixtures';

const limits = {
  signal: new AbortController().signal,
  timeoutMs: 10_000,
  maxOutputBytes: 1024,
};
let fixtures: GitFixtures;
beforeEach(() => {
  fixtures = new GitFixtures();
});
afterEach(async () => fixtures.dispose());

/** Ends only when it is ended. */
const WAITING = ['-c', 'alias.wait=!sleep 60', 'wait'];

async function failureOf(run: Promise<unknown>) {
  const error = await run.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GitFailure);
  return error as GitFailure;
}

it('stops at its limit of output', async () => {
  const { folder, ...repository } = fixtures.create('x');
  expect(repository.name).toBe('x');
  git(folder, ['hash-object', '-w', '--stdin'], Buffer.alloc(5000, 'x'));
  const failure = await failureOf(
    runGit(['cat-file', '--batch-all-objects', '--batch'], {
      ...limits,
      gitDir: folder,
    }),
  );
  expect(failure.kind).toBe('too-much-output');
});

it.each([
  ['timeout', { timeoutMs: 50 }],
  ['aborted', { signal: AbortSignal.abort() }],
])('ends with %s', async (kind, limit) => {
  const gitDir = fixtures.create('x').folder;
  const failure = await failureOf(
    runGit(WAITING, { ...limits, gitDir, ...limit }),
  );
  expect(failure.kind).toBe(kind);
});

it('says so where the folder is gone', async () => {
  const gitDir = `${fixtures.root}/gone`;
  const failure = await failureOf(runGit(['rev-list'], { ...limits, gitDir }));
  expect(failure.stderr).toContain('not a git repository');
});

it('shows git nothing of the environment that is not meant for it', async () => {
  process.env.FETTLE_TEST_SECRET = 'x';
  process.env.GIT_SSH_COMMAND = 'touch /tmp/x';
  const output = await runGit(['-c', 'alias.env=!env', 'env'], {
    ...limits,
    maxOutputBytes: 100_000,
  });
  delete process.env.FETTLE_TEST_SECRET;
  delete process.env.GIT_SSH_COMMAND;
  const text = output.toString();
  expect(text).not.toContain('FETTLE_TEST_SECRET');
  expect(text).not.toContain('touch');
  expect(text).toContain('GIT_TERMINAL_PROMPT=0');
});

it.each([
  ['https://ada:pw@host/x: failed', 'https://host/x: failed'],
  ['Authorization: Basic abc\nnext', 'Authorization: [redacted]\nnext'],
  ['token t0ken was refused', 'token [redacted] was refused'],
  ['mail ada@example.com', 'mail ada@example.com'],
])('takes secrets out of %j', (text, expected) => {
  expect(redactSecrets(text, ['t0ken', ''])).toBe(expected);
});
