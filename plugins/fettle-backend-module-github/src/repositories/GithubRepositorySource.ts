import {
  assertCommit,
  fileAddress,
  HostedTree,
  type AnnotatedEntity,
  type EntityLocation,
  type RepositoryLocation,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import type { GithubApi } from '../api/GithubApi';
import { GithubHosts } from '../api/GithubHosts';
import type { GithubHost } from '../config/readGithubConfig';
import { locateEntity, type KnownHosts } from '../locate/locateEntity';
import { listTree } from '../trees/listTree';
import { openArchive } from '../trees/openArchive';
import { readBlobs } from '../trees/readBlobs';
import { contains } from './contains';
import { discoverRepositories } from './discoverRepositories';
import { explainMissing } from './explainMissing';
import { readAccess } from './readAccess';
import { readCommit } from './readCommit';
import { readSnapshot } from './readSnapshot';

/** Reads repositories of GitHub hosts through their API. Nothing is cloned. */
export class GithubRepositorySource implements RepositorySource {
  readonly id = 'github';
  readonly #hosts: GithubHosts;
  readonly #known: KnownHosts;
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      hosts: readonly { host: GithubHost; api: GithubApi }[];
      /** Those of `integrations.github`. */
      integrated: readonly string[];
      clock?: () => Date;
    },
  ) {
    const { hosts, integrated } = options;
    this.#hosts = new GithubHosts(
      new Map(hosts.map(({ api }) => [api.host, api])),
    );
    this.#known = {
      read: new Set(hosts.map(({ api }) => api.host)),
      integrated: new Set(integrated),
    };
  }

  locate(entity: AnnotatedEntity): EntityLocation | undefined {
    return locateEntity(entity, this.#known);
  }

  async discover({ signal }: { signal: AbortSignal }) {
    return discoverRepositories(this.options.hosts, this.#until(signal));
  }

  reads(location: RepositoryLocation): boolean {
    return this.#hosts.has(location);
  }

  async snapshot(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    return readSnapshot(this.#hosts, location, {
      signal: this.#until(signal),
      now: this.options.clock?.() ?? new Date(),
    });
  }

  async readTree(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal },
  ) {
    assertCommit(location, commit);
    const signal = this.#until(options.signal);
    const hosts = this.#hosts;
    const entries = await explainMissing(
      ...([hosts, location, commit, { signal }] as const),
      () => listTree(hosts, location, commit, { signal }),
    );
    return new HostedTree({
      ...{ remote: location.remote, commit, entries, signal },
      readBlobs: wanted => readBlobs(hosts, location, wanted, signal),
      openArchive: () => openArchive(hosts, location, { commit, signal }),
    });
  }

  fileUrl(
    location: RepositoryLocation,
    commit: string,
    path: string,
    { line }: { line?: number } = {},
  ): string | undefined {
    const address = fileAddress(commit, path, {
      ...{ line, asSource: 'plain=1' },
    });
    return address && this.reads(location)
      ? `${location.remote}/blob/${address}`
      : undefined;
  }

  async readCommit(
    location: RepositoryLocation,
    commit: string,
    { signal, since }: { signal: AbortSignal; since?: string },
  ) {
    assertCommit(location, commit);
    return readCommit(this.#hosts, location, commit, {
      ...{ signal: this.#until(signal), since },
    });
  }

  async contains(
    location: RepositoryLocation,
    commit: string,
    other: string,
    { signal }: { signal: AbortSignal },
  ): Promise<boolean> {
    for (const one of [commit, other]) assertCommit(location, one);
    return contains(this.#hosts, location, {
      ...{ commit, other, signal: this.#until(signal) },
    });
  }

  async readAccess(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    return readAccess(this.#hosts, location, this.#until(signal));
  }

  async close(): Promise<void> {
    this.#stopped.abort();
  }

  #until(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopped.signal]);
  }
}
