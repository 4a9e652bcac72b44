import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import type { FettleStore } from '../store/FettleStore';
import { repositoryId } from './repositoryId';

/** Has each source watch the repositories that are read through it, where it can. */
export class RepositoryWatcher {
  /** What each source watches now, as one string to compare. */
  readonly #watched = new Map<string, string>();
  #updating: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      store: FettleStore;
      registry: Registry;
      logger: LoggerService;
      onChange: (repositoryId: string) => void;
    },
  ) {}

  /** Watches what is known now; does nothing if that is what is watched already. */
  update(): Promise<void> {
    const next = this.#updating.then(() => this.#update());
    this.#updating = next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    await this.#updating;
    await Promise.all(
      [...this.options.registry.sources.values()].map(source =>
        source.close?.(),
      ),
    );
  }

  async #update(): Promise<void> {
    const { store, registry, logger, onChange } = this.options;
    const repositories = await store.listLocations();
    for (const source of registry.sources.values()) {
      if (!source.watch) continue;
      const locations: RepositoryLocation[] = repositories.filter(
        repository => repository.sourceId === source.id,
      );
      const key = locations
        .map(location => location.remote)
        .sort()
        .join('\n');
      if (this.#watched.get(source.id) === key) continue;
      try {
        await source.watch(locations, location =>
          onChange(repositoryId(location.remote)),
        );
        this.#watched.set(source.id, key);
      } catch (error) {
        logger.warn(
          `The source '${source.id}' cannot watch its repositories; they are read on schedule: ${error}`,
        );
      }
    }
  }
}
