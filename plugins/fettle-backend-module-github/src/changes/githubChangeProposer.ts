import {
  HostedChangeProposer,
  type AutomationIdentity,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { hostOf } from '../locate/slug';
import { GithubChanges } from './GithubChanges';

/** Proposes pull requests on the hosts of `fettle.github.hosts`. */
export function githubChangeProposer(
  hosts: GithubHosts,
  options: { identity: AutomationIdentity; clock?: () => Date },
): HostedChangeProposer {
  const { identity, clock = () => new Date() } = options;
  return new HostedChangeProposer({
    ...{ id: 'github', title: 'GitHub', hostOf },
    covers: location => hosts.has(location),
    open: (location, signal) =>
      new GithubChanges({ hosts, location, identity, clock, signal }),
  });
}
