import { HostedRepositoryKeeper } from 'backstage-plugin-fettle-node';
import type { GitlabHosts } from '../api/GitlabHosts';
import { hostOf } from '../locate/slug';
import { GitlabKeeping } from './GitlabKeeping';
import { ProjectWriter } from './ProjectWriter';

/** Changes branches and settings on the hosts of `fettle.gitlab.hosts`. */
export function gitlabRepositoryKeeper(
  hosts: GitlabHosts,
): HostedRepositoryKeeper {
  return new HostedRepositoryKeeper({
    ...{ id: 'gitlab', hostOf, covers: location => hosts.has(location) },
    open: (location, signal) =>
      new GitlabKeeping(new ProjectWriter(hosts, location, signal)),
  });
}
