import {
  HostedChangeProposer,
  type AutomationIdentity,
} from 'backstage-plugin-fettle-node';
import type { GiteaHosts } from '../api/GiteaHosts';
import { hostOf } from '../locate/slug';
import { GiteaChanges } from './GiteaChanges';

/** Proposes pull requests on the hosts of `fettle.gitea.hosts`. */
export function giteaChangeProposer(
  hosts: GiteaHosts,
  options: { identity: AutomationIdentity; clock?: () => Date },
): HostedChangeProposer {
  const { identity, clock = () => new Date() } = options;
  return new HostedChangeProposer({
    ...{ id: 'gitea', title: 'Gitea and Forgejo', hostOf },
    covers: location => hosts.has(location),
    open: (location, signal) =>
      new GiteaChanges({ hosts, location, identity, clock, signal }),
  });
}
