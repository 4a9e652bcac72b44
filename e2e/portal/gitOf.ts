import { runGit } from 'backstage-plugin-fettle-node/testUtils';
import { repositoryPath } from '../../demo/buildFleet';
import type { TestPortal } from './TestPortal';

/** What Git itself says of a repository, whatever the portal shows. */
export function gitOf(portal: TestPortal, repository: string) {
  const folder = repositoryPath(portal.demoDir, repository);
  const git = (...args: string[]) => runGit(folder, args).trim();
  return {
    git,
    /** Branches that Fettle made, by their short names. */
    branches: () =>
      git('for-each-ref', '--format=%(refname:short)', 'refs/heads/fettle')
        .split('\n')
        .filter(Boolean),
    head: () => git('rev-parse', 'HEAD'),
    /** Whether the default branch has a file. */
    has: (path: string) => git('ls-tree', '--name-only', 'HEAD', path) === path,
  };
}
