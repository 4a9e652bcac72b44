import {
  HostedChangeProposer,
  type AutomationIdentity,
} from 'backstage-plugin-fettle-node';
import type { GitlabHosts } from '../api/GitlabHosts';
import { hostOf } from '../locate/slug';
import { GitlabChanges } from './GitlabChanges';

/** Proposes merge requests on the hosts of `fettle.gitlab.hosts`. */
export function gitlabChangeProposer(
  hosts: GitlabHosts,
  { identity }: { identity: AutomationIdentity },
): HostedChangeProposer {
  return new HostedChangeProposer({
    ...{ id: 'gitlab', title: 'GitLab', hostOf },
    covers: location => hosts.has(location),
    open: (location, signal) =>
      new GitlabChanges({ hosts, location, identity, signal }),
  });
}
