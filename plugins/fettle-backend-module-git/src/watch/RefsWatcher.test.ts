import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RefsWatcher } from './RefsWatcher';

const git = (...args: string[]) =>
  execFileSync('git', args, { encoding: 'utf8', input: '' }).trim();
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

let root: string;
let gitDir: string;
let watcher: RefsWatcher;
let changes: number;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'refs-watcher-'));
  gitDir = path.join(root, 'a.git');
  make();
  changes = 0;
  watcher = new RefsWatcher(
    { gitDir, commonDir: gitDir },
    () => {
      changes += 1;
    },
    error => {
      throw error;
    },
  );
});
afterEach(() => {
  watcher.close();
  rmSync(root, { recursive: true, force: true });
});

function make() {
  git('init', '-q', '--bare', gitDir);
}

function commit(): string {
  const tree = git('-C', gitDir, 'mktree', '--missing');
  return git(
    ...['-C', gitDir, '-c', 'user.name=A', '-c', 'user.email=a@b.c'],
    ...['commit-tree', '-m', 'x', tree],
  );
}

function push(branch: string, to: string) {
  git('-C', gitDir, 'update-ref', `refs/heads/${branch}`, to);
}

async function next(before: number) {
  const end = Date.now() + 10_000;
  while (changes === before && Date.now() < end) await pause(50);
  if (changes === before) throw new Error('Nothing was told.');
}

it('notices a push to a repository that was deleted and made anew', async () => {
  await watcher.start();
  rmSync(gitDir, { recursive: true });
  make();
  await next(0);
  await pause(1500);
  const before = changes;
  push('main', commit());
  await next(before);
  expect(changes).toBeGreaterThan(before);
});

it('notices what happens to the branch of a change, and tells its merge only once', async () => {
  const head = commit();
  push('main', head);
  await watcher.start();
  push('fettle/add-licence/1', head);
  await next(0);
  await pause(100);
  const before = changes;
  push('fettle/add-licence/2', head);
  push('main', commit());
  await next(before);
  // As long as the branch alone would take.
  await pause(3_000);
  expect(changes).toBe(before + 1);
});
