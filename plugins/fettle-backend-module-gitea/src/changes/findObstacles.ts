import type { Obstacle } from 'backstage-plugin-fettle-node';
import type { Repository, RepositoryWriter } from './RepositoryWriter';

/** What stands in the way of writing, as far as the host says before anything is touched. */
export async function findObstacles(
  writer: RepositoryWriter,
  options: {
    what: 'changes' | 'branches' | 'settings' | 'issues';
    merge?: boolean;
  },
): Promise<Obstacle[]> {
  const { what, merge } = options;
  const found = await writer.repository();
  const { remote } = writer.location;
  const obstacles: Obstacle[] = [];
  const add = (code: string, message: string, action: string) =>
    obstacles.push({ code, message: `${message} (${remote}).`, action });
  if (found.archived || found.mirror) {
    add(
      'archived',
      'The repository is archived or a mirror, and takes no changes',
      'Change it where it comes from, or take it out of the scope.',
    );
  }
  const needed = what === 'settings' ? 'admin' : 'push';
  if (found.permissions?.[needed] === false) {
    add(
      'no-right',
      `The credentials may not change its ${what}`,
      what === 'settings'
        ? 'Make the user of the token an admin of the repository.'
        : 'Let the user of the token write to the repository, and give the token the scopes that the README of the module lists.',
    );
  }
  if (what === 'changes' && found.has_pull_requests === false) {
    add(
      'no-requests',
      'The repository has no pull requests',
      'Turn pull requests on.',
    );
  }
  if (what === 'issues' && found.has_issues === false) {
    add('no-issues', 'The repository has no issues', 'Turn issues on.');
  }
  if (merge && !methodOf(found)) {
    add(
      'no-merge-method',
      'The repository lets nobody merge',
      'Allow merge commits, squashing or rebasing in its settings.',
    );
  }
  return obstacles;
}

/** The way of merging that the repository allows, and that keeps most. */
export function methodOf(found: Repository) {
  if (found.allow_merge_commits ?? true) return 'merge' as const;
  if (found.allow_squash_merge) return 'squash' as const;
  if (found.allow_rebase_explicit) return 'rebase-merge' as const;
  return found.allow_rebase ? ('rebase' as const) : undefined;
}
