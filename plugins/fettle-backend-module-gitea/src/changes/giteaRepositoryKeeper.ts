import { HostedRepositoryKeeper } from 'backstage-plugin-fettle-node';
import type { GiteaHosts } from '../api/GiteaHosts';
import { hostOf } from '../locate/slug';
import { GiteaKeeping } from './GiteaKeeping';
import { RepositoryWriter } from './RepositoryWriter';

/** Changes branches and settings on the hosts of `fettle.gitea.hosts`. */
export function giteaRepositoryKeeper(
  hosts: GiteaHosts,
): HostedRepositoryKeeper {
  return new HostedRepositoryKeeper({
    ...{ id: 'gitea', hostOf, covers: location => hosts.has(location) },
    open: (location, signal) =>
      new GiteaKeeping(new RepositoryWriter(hosts, location, signal)),
  });
}
