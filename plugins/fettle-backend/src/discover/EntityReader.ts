import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { StepEntity } from 'backstage-plugin-fettle-node';
import type { FettleStore } from '../store/FettleStore';

const REUSE_MS = 30_000;
const MOST_KEPT = 2_000;

/** The entities that a repository backs, with what the catalog says of them. */
export class EntityReader {
  readonly #kept = new Map<
    string,
    { until: number; entities: Promise<StepEntity[]> }
  >();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      clock: () => Date;
      store: Pick<FettleStore, 'listClaims'>;
    },
  ) {}

  /** Nearest to the root first; those that the catalog has no more are left out. */
  of(repositoryId: string): Promise<StepEntity[]> {
    const now = this.options.clock().getTime();
    const kept = this.#kept.get(repositoryId);
    if (kept && kept.until > now) return kept.entities;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const entities = this.#read(repositoryId);
    this.#kept.set(repositoryId, { until: now + REUSE_MS, entities });
    entities.catch(() => this.#kept.delete(repositoryId));
    return entities;
  }

  async #read(repositoryId: string): Promise<StepEntity[]> {
    const { auth, catalog, store } = this.options;
    const claims = await store.listClaims(repositoryId);
    if (claims.length === 0) return [];
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: claims.map(({ entityRef }) => entityRef) },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return claims
      .flatMap(({ subpath }, at) => {
        const entity = items[at];
        return entity ? [toStepEntity(entity, subpath)] : [];
      })
      .sort(
        (a, b) =>
          a.subpath.length - b.subpath.length ||
          (a.entityRef < b.entityRef ? -1 : 1),
      );
  }
}

function toStepEntity(entity: Entity, subpath: string): StepEntity {
  const { metadata, relations = [] } = entity;
  const related = (type: string, kind?: string) =>
    relations.find(
      one =>
        one.type === type &&
        (!kind || parseEntityRef(one.targetRef).kind === kind),
    )?.targetRef;
  const text = (name: string) => {
    const value = entity.spec?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    entityRef: stringifyEntityRef(entity),
    subpath,
    ...{ title: metadata.title, description: metadata.description },
    owner: related(RELATION_OWNED_BY),
    system: related(RELATION_PART_OF, 'system'),
    ...{ type: text('type'), lifecycle: text('lifecycle') },
    tags: metadata.tags,
  };
}
