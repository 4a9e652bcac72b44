import { HostedRepositoryKeeper } from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { hostOf } from '../locate/slug';
import { GithubKeeping } from './GithubKeeping';
import { RepositoryApi } from './RepositoryApi';

/** Changes branches and settings on the hosts of `fettle.github.hosts`. */
export function githubRepositoryKeeper(
  hosts: GithubHosts,
): HostedRepositoryKeeper {
  return new HostedRepositoryKeeper({
    ...{ id: 'github', hostOf, covers: location => hosts.has(location) },
    open: (location, signal) =>
      new GithubKeeping(hosts, new RepositoryApi(hosts, location, signal)),
  });
}
