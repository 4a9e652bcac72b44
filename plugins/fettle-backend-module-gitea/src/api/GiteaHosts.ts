import {
  SourceError,
  type CallPurpose,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { hostOf, slugOf } from '../locate/slug';
import type { GiteaApi } from './GiteaApi';
import { RepositoryApi } from './RepositoryApi';

/** The hosts of `fettle.gitea.hosts`, asked about repositories. */
export class GiteaHosts {
  constructor(private readonly apis: ReadonlyMap<string, GiteaApi>) {}

  /** Whether the repository is on one of them. */
  has(location: RepositoryLocation): boolean {
    return this.#find(location) !== undefined;
  }

  /** @throws SourceError `invalid` for a repository of another host */
  open(
    location: RepositoryLocation,
    options: { signal: AbortSignal; purpose?: CallPurpose },
  ): RepositoryApi {
    const found = this.#find(location);
    if (!found) {
      throw new SourceError(
        'invalid',
        `${location.remote} is not on a host of fettle.gitea.hosts.`,
        'Add its host there.',
      );
    }
    return new RepositoryApi({ ...found, location, ...options });
  }

  #find(location: RepositoryLocation) {
    const api = this.apis.get(hostOf(location));
    const slug = api && slugOf(location, api.options.host);
    return slug && { api, slug };
  }
}
