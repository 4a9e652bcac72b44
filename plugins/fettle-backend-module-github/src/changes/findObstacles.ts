import type { Obstacle } from 'backstage-plugin-fettle-node';
import type { Repository, RepositoryApi } from './RepositoryApi';

const WRITING = 'Contents: write, Pull requests: write';

/** What stands in the way of writing, as far as the host says before anything is touched. */
export async function findObstacles(
  api: RepositoryApi,
  options: {
    what: 'changes' | 'branches' | 'settings' | 'issues';
    merge?: boolean;
  },
): Promise<Obstacle[]> {
  const { what, merge } = options;
  const { found, scopes } = await api.access();
  const { remote } = api.location;
  const obstacles: Obstacle[] = [];
  const add = (code: string, message: string, action: string) =>
    obstacles.push({ code, message: `${message} (${remote}).`, action });
  if (found.archived || found.disabled) {
    add(
      'archived',
      'The repository is archived or disabled, and takes no changes',
      'Unarchive it on its host, or take it out of the scope.',
    );
  }
  const right = rightOf(found, what);
  const lacksScope =
    scopes && !scopes.includes('repo') && !mayByScope(found, scopes);
  if (right === false || lacksScope) {
    add(
      'no-right',
      `The credentials may not change its ${what}`,
      what === 'settings'
        ? 'Give the app or token the permission Administration: write.'
        : `Give the app or token the permissions that the README of the module lists (${
            what === 'issues' ? 'Issues: write' : WRITING
          }).`,
    );
  }
  if (what === 'issues' && found.has_issues === false) {
    add('no-issues', 'The repository has no issues', 'Turn issues on.');
  }
  if (merge && methodOf(found) === undefined) {
    add(
      'no-merge-method',
      'The repository lets nobody merge',
      'Allow merge commits, squashing or rebasing in its settings.',
    );
  }
  return obstacles;
}

/** The way of merging that the repository allows, and that keeps most. */
export function methodOf(
  found: Repository,
): 'merge' | 'squash' | 'rebase' | undefined {
  // Left out where the credentials may not see it.
  if (found.allow_merge_commit ?? true) return 'merge';
  if (found.allow_squash_merge) return 'squash';
  return found.allow_rebase_merge ? 'rebase' : undefined;
}

function rightOf(
  { permissions }: Repository,
  what: 'changes' | 'branches' | 'settings' | 'issues',
): boolean | null | undefined {
  if (what === 'settings') return permissions?.admin;
  // Whoever may read a repository may open issues in it; closing them takes more.
  return what === 'issues'
    ? permissions?.triage ?? permissions?.push
    : permissions?.push;
}

function mayByScope(found: Repository, scopes: readonly string[]): boolean {
  return found.private === false && scopes.includes('public_repo');
}
