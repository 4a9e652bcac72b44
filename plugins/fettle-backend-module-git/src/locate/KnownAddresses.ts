import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { GitConfig } from '../config/GitConfig';
import { AddressError, type RemoteAddress } from './RemoteAddress';

/** Turns addresses into locations, and says which hosts entities may name. */
export class KnownAddresses {
  /** Host and path to the address in config: over ssh or https, it is the same repository. */
  private readonly configured: Map<string, RemoteAddress>;
  private readonly hosts: Set<string>;
  private readonly openHosts: Set<string>;

  constructor(
    config: Pick<GitConfig, 'repositories' | 'allowedHosts'>,
    /** Whether Backstage's `integrations` name the host. */
    private readonly integrates: (host: string) => boolean,
  ) {
    const addresses = config.repositories.flatMap(repository =>
      'address' in repository ? [repository.address] : [],
    );
    this.configured = new Map(addresses.map(each => [identity(each), each]));
    const named = [...addresses, ...config.allowedHosts];
    this.hosts = new Set(named.map(({ host }) => host));
    this.openHosts = new Set(
      named
        .filter(({ protocol }) => protocol === 'http')
        .map(({ host }) => host),
    );
  }

  toLocation(address: RemoteAddress): RepositoryLocation {
    const { remote, host, path, protocol } =
      this.configured.get(identity(address)) ?? address;
    return {
      remote,
      name: path,
      host,
      ...(protocol === 'https' && this.integrates(host)
        ? { webUrl: remote }
        : {}),
    };
  }

  /**
   * The location of an address that an entity names. Whoever edits an entity
   * must not be able to send the portal to any host of the internal network,
   * nor to make it speak without encryption. Throws {@link AddressError}.
   */
  toAnnotatedLocation(address: RemoteAddress): RepositoryLocation {
    if (address.credential) {
      throw new AddressError(
        'it holds a credential, which everyone can read in the catalog',
      );
    }
    if (this.configured.has(identity(address))) return this.toLocation(address);
    if (!this.hosts.has(address.host) && !this.integrates(address.host)) {
      throw new AddressError(
        `its host ${address.host} is none that integrations or fettle.git.allowedHosts name`,
      );
    }
    if (address.protocol === 'http' && !this.openHosts.has(address.host)) {
      throw new AddressError(
        `fettle.git.allowedHosts does not allow http://${address.host}, which has no encryption`,
      );
    }
    return this.toLocation(address);
  }
}

function identity({ host, path }: RemoteAddress) {
  return `${host}/${path}`;
}
