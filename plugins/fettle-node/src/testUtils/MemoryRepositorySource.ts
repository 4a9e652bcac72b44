import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type {
  AnnotatedEntity,
  EntityLocation,
  RepositoryLocation,
  RepositorySnapshot,
  RepositorySource,
} from '../contracts/RepositorySource';
import type { RepositoryTree } from '../contracts/RepositoryTree';
import { SourceError } from '../contracts/SourceError';
import { fileAddress } from '../hosted/fileAddress';
import { MemoryRepository } from './MemoryRepository';

const HOST = 'memory.example.com';

/**
 * Repositories in memory, for tests of whatever reads repositories.
 *
 * @public
 */
export class MemoryRepositorySource implements RepositorySource {
  readonly id: string;
  readonly #now: () => Date;
  readonly #repositories = new Map<string, MemoryRepository>();
  #watched = new Set<string>();
  #onChange: (location: RepositoryLocation) => void = () => {};

  constructor(options: { id?: string; now?: () => Date } = {}) {
    this.id = options.id ?? 'memory';
    this.#now = options.now ?? (() => new Date());
  }

  /** Makes an empty repository; `name` is for example `payments/ledger`. */
  create(
    name: string,
    options: { defaultBranch?: string } = {},
  ): MemoryRepository {
    const location = toLocation(`https://${HOST}/${name}`);
    const repository = new MemoryRepository(
      location,
      options.defaultBranch ?? 'main',
      () => {
        if (this.#watched.has(location.remote)) this.#onChange(location);
      },
    );
    this.#repositories.set(location.remote, repository);
    return repository;
  }

  locate({ annotations }: AnnotatedEntity): EntityLocation | undefined {
    const value = annotations[ANNOTATION_REPOSITORY];
    if (value === undefined) return undefined;
    const [remote, subpath = ''] = value.split('#');
    if (
      !remote.startsWith(`https://${HOST}/`) ||
      subpath.split('/').includes('..')
    ) {
      return {
        problem: {
          message: `The annotation ${ANNOTATION_REPOSITORY} cannot be used.`,
          action: `Use an address that starts with https://${HOST}/.`,
        },
      };
    }
    return { location: toLocation(remote), subpath };
  }

  async discover() {
    const repositories = [...this.#repositories.values()]
      .filter(repository => !repository.removed)
      .map(({ location }) => location);
    return { repositories, problems: [] };
  }

  reads(location: RepositoryLocation): boolean {
    return location.host === HOST;
  }

  async snapshot(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<RepositorySnapshot> {
    return this.#open(location, options.signal).snapshot(this.#now());
  }

  async readTree(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal },
  ): Promise<RepositoryTree> {
    return this.#open(location, options.signal).tree(commit);
  }

  fileUrl(
    location: RepositoryLocation,
    commit: string,
    path: string,
    options: { line?: number } = {},
  ): string | undefined {
    const address = fileAddress(commit, path, options);
    return address && location.remote.startsWith(`https://${HOST}/`)
      ? `${location.remote}/files/${address}`
      : undefined;
  }

  /** The repository of a location, for what changes it. */
  open(location: RepositoryLocation, signal: AbortSignal): MemoryRepository {
    return this.#open(location, signal);
  }

  get now(): Date {
    return this.#now();
  }

  async watch(
    locations: readonly RepositoryLocation[],
    onChange: (location: RepositoryLocation) => void,
  ): Promise<void> {
    this.#watched = new Set(locations.map(({ remote }) => remote));
    this.#onChange = onChange;
  }

  async close(): Promise<void> {
    this.#watched.clear();
  }

  #open(location: RepositoryLocation, signal: AbortSignal): MemoryRepository {
    if (signal.aborted) {
      throw new SourceError(
        'timeout',
        `Cannot read ${location.remote}: the reading was stopped.`,
        'Refresh it.',
      );
    }
    const repository = this.#repositories.get(location.remote);
    if (!repository || repository.removed) {
      throw new SourceError(
        'not-found',
        `Cannot read ${location.remote}: there is no such repository.`,
        'Check whether it was moved or deleted.',
      );
    }
    if (repository.failure) throw repository.failure;
    return repository;
  }
}

function toLocation(remote: string): RepositoryLocation {
  return {
    remote,
    name: remote.slice(`https://${HOST}/`.length),
    host: HOST,
    webUrl: remote,
  };
}
