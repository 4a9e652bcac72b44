import {
  SourceError,
  type CallPurpose,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { hostOf, slugOf, type HostAddress } from '../locate/slug';
import type { GitlabApi } from './GitlabApi';
import { ProjectApi } from './ProjectApi';

/** The hosts of `fettle.gitlab.hosts`, asked about repositories. */
export class GitlabHosts {
  readonly addresses: ReadonlyMap<string, HostAddress>;

  constructor(readonly apis: readonly GitlabApi[]) {
    this.addresses = new Map(apis.map(({ host }) => [host.host, host]));
  }

  /** Whether the repository is on one of them. */
  has(location: RepositoryLocation): boolean {
    return this.#find(location) !== undefined;
  }

  /** @throws SourceError `invalid` for a repository of another host */
  open(
    location: RepositoryLocation,
    options: { signal: AbortSignal; purpose?: CallPurpose },
  ): ProjectApi {
    const found = this.#find(location);
    if (!found) {
      throw new SourceError(
        'invalid',
        `${location.remote} is not on a host of fettle.gitlab.hosts.`,
        'Add its host there.',
      );
    }
    return new ProjectApi({ ...found, location, ...options });
  }

  #find(location: RepositoryLocation) {
    const name = hostOf(location);
    const api = this.apis.find(({ host }) => host.host === name);
    const slug = api && slugOf(location, api.host);
    return slug ? { api, slug } : undefined;
  }
}
