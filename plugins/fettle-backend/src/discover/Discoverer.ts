import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Registry } from '../registry/Registry';
import type { DiscoveredRepository, FettleStore } from '../store/FettleStore';
import { claimEntities } from './claimEntities';
import { repositoryId } from './repositoryId';

/**
 * Finds out which repositories there are: from the catalog's annotations and
 * from what sources know by themselves.
 *
 * What disappears is kept for `forgetAfterSeconds`: a catalog that is still
 * loading, or a source that cannot list, must not cost a fleet its history.
 */
export class Discoverer {
  /** Since when an entity or repository that is stored has not been seen. */
  readonly #missing = new Map<string, number>();

  constructor(
    private readonly options: {
      store: FettleStore;
      registry: Registry;
      catalog: CatalogService;
      auth: AuthService;
      logger: LoggerService;
      clock: () => Date;
      kinds: readonly string[];
      forgetAfterSeconds: number;
    },
  ) {}

  /** One round. Throws if the catalog cannot be read; nothing is changed then. */
  async discover(
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<FettleStore['saveDiscovery']>>> {
    const { store, registry, logger, clock, kinds } = this.options;
    const sources = [...registry.sources.values()];
    const [entities, listed, oldClaims, oldRepositories] = await Promise.all([
      this.#readEntities(),
      this.#askSources(signal),
      store.listClaims(),
      store.listLocations(),
    ]);
    const { claims, repositories } = claimEntities({
      entities,
      sources,
      kinds,
    });
    const now = clock();
    const seen = new Set([
      ...claims.map(claim => claim.entityRef),
      ...repositories.map(r => r.id),
      ...listed.repositories.map(r => r.id),
    ]);
    // An entity that is still there but names nothing any more has let go on purpose.
    const present = new Set(entities.map(entity => stringifyEntityRef(entity)));
    const keptClaims = oldClaims.filter(
      claim =>
        !seen.has(claim.entityRef) &&
        !present.has(claim.entityRef) &&
        this.#keep(claim.entityRef, now),
    );
    const claimed = new Set(keptClaims.map(claim => claim.repositoryId));
    const wasClaimed = new Set(oldClaims.map(claim => claim.repositoryId));
    const keptRepositories = oldRepositories.filter(r => {
      if (seen.has(r.id)) return false;
      if (listed.failed.has(r.sourceId) && !wasClaimed.has(r.id)) return true;
      // Asked in any case: its time runs with that of its entities, so that it
      // never outlives the claims that decide who may see it.
      const keep = this.#keep(r.id, now);
      return keep || claimed.has(r.id);
    });
    for (const key of seen) this.#missing.delete(key);

    const result = await store.saveDiscovery({
      repositories: unique([
        ...listed.repositories,
        ...repositories,
        ...keptRepositories,
      ]),
      claims: [...claims, ...keptClaims],
      at: now,
    });
    if (result.added.length || result.removed.length) {
      logger.info(
        `Discovery: ${result.added.length} repositories added, ${result.removed.length} removed`,
      );
    }
    return result;
  }

  #keep(key: string, now: Date): boolean {
    const since = this.#missing.get(key) ?? now.getTime();
    this.#missing.set(key, since);
    const keep = now.getTime() - since < this.options.forgetAfterSeconds * 1000;
    if (!keep) this.#missing.delete(key);
    return keep;
  }

  async #readEntities(): Promise<Entity[]> {
    const { catalog, auth } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    const pages = catalog.streamEntities(
      {
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
          'relations',
        ],
      },
      { credentials },
    );
    for await (const page of pages) entities.push(...page);
    return entities;
  }

  async #askSources(signal: AbortSignal) {
    const { registry, logger } = this.options;
    const repositories: DiscoveredRepository[] = [];
    const failed = new Set<string>();
    await Promise.all(
      [...registry.sources.values()].map(async source => {
        try {
          const found = await source.discover({ signal });
          for (const problem of found.problems) {
            failed.add(source.id);
            logger.warn(
              `Source '${source.id}' cannot list ${problem.where}: ${problem.message} ${problem.action}`,
            );
          }
          for (const location of found.repositories) {
            const id = repositoryId(location.remote);
            repositories.push({ ...location, id, sourceId: source.id });
          }
        } catch (error) {
          failed.add(source.id);
          logger.warn(`Source '${source.id}' cannot list repositories`, {
            error: String(error),
          });
        }
      }),
    );
    return { repositories, failed };
  }
}

/** The first to name a repository decides how it is called. */
function unique(repositories: DiscoveredRepository[]): DiscoveredRepository[] {
  const byId = new Map<string, DiscoveredRepository>();
  for (const repository of repositories) {
    if (!byId.has(repository.id)) byId.set(repository.id, repository);
  }
  return [...byId.values()];
}
