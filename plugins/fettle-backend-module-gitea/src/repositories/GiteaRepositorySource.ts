import {
  assertCommit,
  fileAddress,
  HostedTree,
  type AnnotatedEntity,
  type EntityLocation,
  type RepositoryLocation,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import type { GiteaApi } from '../api/GiteaApi';
import { GiteaHosts } from '../api/GiteaHosts';
import { locateEntity } from '../locate/locateEntity';
import type { HostAddress } from '../locate/slug';
import { listTree } from '../trees/listTree';
import { openArchive } from '../trees/openArchive';
import { readBlobs } from '../trees/readBlobs';
import { discoverRepositories } from './discoverRepositories';
import { explainMissing } from './explainMissing';
import { readAccess } from './readAccess';
import { readCommit } from './readCommit';
import { readSnapshot } from './readSnapshot';

/** Reads repositories of Gitea and Forgejo hosts through their API. Nothing is cloned. */
export class GiteaRepositorySource implements RepositorySource {
  readonly id = 'gitea';
  readonly #hosts: GiteaHosts;
  readonly #addresses: ReadonlyMap<string, HostAddress>;
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      apis: readonly GiteaApi[];
      clock?: () => Date;
    },
  ) {
    const { apis } = options;
    this.#hosts = new GiteaHosts(new Map(apis.map(api => [api.host, api])));
    this.#addresses = new Map(apis.map(api => [api.host, api.options.host]));
  }

  locate(entity: AnnotatedEntity): EntityLocation | undefined {
    return locateEntity(entity, this.#addresses);
  }

  async discover({ signal }: { signal: AbortSignal }) {
    return discoverRepositories(this.options.apis, this.#until(signal));
  }

  reads(location: RepositoryLocation): boolean {
    return this.#hosts.has(location);
  }

  async snapshot(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    const repository = this.#open(location, this.#until(signal));
    const now = this.options.clock?.() ?? new Date();
    return readSnapshot(repository, { now });
  }

  async readTree(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal },
  ) {
    assertCommit(location, commit);
    const signal = this.#until(options.signal);
    const repository = this.#open(location, signal);
    const entries = await explainMissing(repository, commit, () =>
      listTree(repository, commit, { signal }),
    );
    return new HostedTree({
      ...{ remote: location.remote, commit, entries, signal },
      readBlobs: wanted => readBlobs(repository, wanted),
      openArchive: () => openArchive(repository, commit),
    });
  }

  fileUrl(
    location: RepositoryLocation,
    commit: string,
    path: string,
    { line }: { line?: number } = {},
  ): string | undefined {
    const address = fileAddress(commit, path, {
      ...{ line, asSource: 'display=source' },
    });
    return address && this.reads(location)
      ? `${location.remote}/src/commit/${address}`
      : undefined;
  }

  async readCommit(
    location: RepositoryLocation,
    commit: string,
    { signal, since }: { signal: AbortSignal; since?: string },
  ) {
    assertCommit(location, commit);
    const repository = this.#open(location, this.#until(signal));
    return readCommit(repository, commit, { since });
  }

  async readAccess(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    return readAccess(this.#open(location, this.#until(signal)));
  }

  async close(): Promise<void> {
    this.#stopped.abort();
  }

  #open(location: RepositoryLocation, signal: AbortSignal) {
    return this.#hosts.open(location, { signal });
  }

  #until(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopped.signal]);
  }
}
