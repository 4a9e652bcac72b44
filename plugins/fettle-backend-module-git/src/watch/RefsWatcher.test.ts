import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RefsWatcher } from './RefsWatcher';

const git = (...args: string[]) =>
  execFileSync('git', args, { encoding: 'utf8', input: '' }).trim();

it('notices a push to a repository that was deleted and made anew', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'refs-watcher-'));
  const gitDir = path.join(root, 'a.git');
  const make = () => git('init', '-q', '--bare', gitDir);
  make();
  let changes = 0;
  const watcher = new RefsWatcher(
    { gitDir, commonDir: gitDir },
    () => {
      changes += 1;
    },
    error => {
      throw error;
    },
  );
  const next = async (before: number) => {
    const end = Date.now() + 10_000;
    while (changes === before && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(changes).toBeGreaterThan(before);
  };
  try {
    await watcher.start();
    rmSync(gitDir, { recursive: true });
    make();
    await next(0);
    await new Promise(resolve => setTimeout(resolve, 1500));
    const before = changes;
    const tree = git('-C', gitDir, 'mktree', '--missing');
    const commit = git(
      ...['-C', gitDir, '-c', 'user.name=A', '-c', 'user.email=a@b.c'],
      ...['commit-tree', '-m', 'x', tree],
    );
    git('-C', gitDir, 'update-ref', 'refs/heads/main', commit);
    await next(before);
  } finally {
    watcher.close();
    rmSync(root, { recursive: true, force: true });
  }
}, 30_000);
