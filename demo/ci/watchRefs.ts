import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Push } from './watchQueue';

const COMMIT = /^[0-9a-f]{40,64}$/;

/**
 * Sees branches that come or move without a push, so that no hook tells of
 * them: Fettle writes to repositories of this machine in place. Returns how to
 * stop.
 */
export function watchRefs(options: {
  /** The folder below which bare repositories are. */
  repositories: string;
  onPush: (push: Push) => Promise<unknown>;
  everyMs?: number;
}): () => void {
  const { repositories, onPush, everyMs = 1_000 } = options;
  const known = new Map<string, Map<string, string>>();
  let looking = Promise.resolve();
  const look = async () => {
    for (const folder of bareRepositories(repositories)) {
      const before = known.get(folder);
      const after = looseBranches(folder);
      known.set(folder, after);
      // What was there at the first look is no news.
      if (!before) continue;
      for (const [branch, commit] of after) {
        if (before.get(branch) === commit) continue;
        const push = { folder, branch, commit, before: before.get(branch) };
        await onPush(push).catch(error => console.error(error));
      }
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look).catch(error => console.error(error));
  }, everyMs);
  looking = look();
  return () => clearInterval(timer);
}

function bareRepositories(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(folder, name);
      if (existsSync(join(path, 'HEAD'))) return [path];
      return name.endsWith('.git') ? [] : bareRepositories(path);
    });
}

/** Branches that are files of their own: all that were written since the last packing. */
function looseBranches(folder: string): Map<string, string> {
  const heads = join(folder, 'refs', 'heads');
  const found = new Map<string, string>();
  if (!existsSync(heads)) return found;
  for (const name of readdirSync(heads, { recursive: true })) {
    const path = join(heads, String(name));
    try {
      if (!statSync(path).isFile() || path.endsWith('.lock')) continue;
      const commit = readFileSync(path, 'utf8').trim();
      if (!COMMIT.test(commit)) continue;
      found.set(relative(heads, path).split(sep).join('/'), commit);
    } catch {
      // Deleted while it was looked at.
    }
  }
  return found;
}
