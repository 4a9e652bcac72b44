import {
  assertCommit,
  fileAddress,
  HostedTree,
  type AnnotatedEntity,
  type EntityLocation,
  type RepositoryLocation,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import type { GitlabHosts } from '../api/GitlabHosts';
import { locateEntity } from '../locate/locateEntity';
import { listTree } from '../trees/listTree';
import { openArchive } from '../trees/openArchive';
import { readBlobs } from '../trees/readBlobs';
import { discoverRepositories } from './discoverRepositories';
import { explainMissing } from './explainMissing';
import { readAccess } from './readAccess';
import { readCommit } from './readCommit';
import { readSnapshot } from './readSnapshot';

/** Reads repositories of GitLab hosts through their API. Nothing is cloned. */
export class GitlabRepositorySource implements RepositorySource {
  readonly id = 'gitlab';
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: { hosts: GitlabHosts; clock?: () => Date },
  ) {}

  locate(entity: AnnotatedEntity): EntityLocation | undefined {
    return locateEntity(entity, this.options.hosts.addresses);
  }

  async discover({ signal }: { signal: AbortSignal }) {
    return discoverRepositories(this.options.hosts.apis, this.#until(signal));
  }

  reads(location: RepositoryLocation): boolean {
    return this.options.hosts.has(location);
  }

  async snapshot(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    const now = this.options.clock?.() ?? new Date();
    return readSnapshot(this.#open(location, signal), { now });
  }

  async readTree(
    location: RepositoryLocation,
    commit: string,
    { signal }: { signal: AbortSignal },
  ) {
    assertCommit(location, commit);
    const project = this.#open(location, signal);
    const entries = await explainMissing(project, commit, () =>
      listTree(project, commit),
    );
    return new HostedTree({
      ...{ remote: location.remote, commit, entries, signal: project.signal },
      readBlobs: wanted => readBlobs(project, { commit, entries, wanted }),
      openArchive: () => openArchive(project, commit),
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
      ? `${location.remote}/-/blob/${address}`
      : undefined;
  }

  async readCommit(
    location: RepositoryLocation,
    commit: string,
    { signal, since }: { signal: AbortSignal; since?: string },
  ) {
    assertCommit(location, commit);
    return readCommit(this.#open(location, signal), commit, { since });
  }

  async readAccess(
    location: RepositoryLocation,
    { signal }: { signal: AbortSignal },
  ) {
    return readAccess(this.#open(location, signal));
  }

  async close(): Promise<void> {
    this.#stopped.abort();
  }

  #open(location: RepositoryLocation, signal: AbortSignal) {
    return this.options.hosts.open(location, { signal: this.#until(signal) });
  }

  #until(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopped.signal]);
  }
}
