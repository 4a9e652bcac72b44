import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type { RepositorySource } from 'backstage-plugin-fettle-node';
import type {
  DiscoveredClaim,
  DiscoveredRepository,
} from '../store/FettleStore';
import { repositoryId } from './repositoryId';

/**
 * Which repository each entity names. Entities of other kinds than `kinds` only
 * count with Fettle's own annotation: the catalog gives every entity of a file
 * the same source location, and a group is not a repository.
 */
export function claimEntities(options: {
  entities: readonly Entity[];
  sources: Iterable<RepositorySource>;
  kinds: readonly string[];
}): { claims: DiscoveredClaim[]; repositories: DiscoveredRepository[] } {
  const sources = [...options.sources];
  const kinds = new Set(options.kinds.map(kind => kind.toLowerCase()));
  const claims: DiscoveredClaim[] = [];
  const repositories: DiscoveredRepository[] = [];
  for (const entity of options.entities) {
    const annotations = entity.metadata.annotations ?? {};
    if (
      !kinds.has(entity.kind.toLowerCase()) &&
      !(ANNOTATION_REPOSITORY in annotations)
    ) {
      continue;
    }
    const entityRef = stringifyEntityRef(entity);
    const found = firstOf(sources, source =>
      source.locate({ entityRef, annotations }),
    );
    if (!found) continue;
    const claim: DiscoveredClaim = {
      entityRef,
      repositoryId: null,
      subpath: '',
      owner: target(entity, RELATION_OWNED_BY),
      system: target(entity, RELATION_PART_OF, 'system'),
      problem: null,
    };
    claims.push(claim);
    if ('problem' in found) {
      claim.problem = { code: 'invalid-annotation', ...found.problem };
      continue;
    }
    const { location } = found;
    const source = sources.find(s => s.reads(location));
    if (!source) {
      claim.problem = {
        code: 'no-source',
        message: `No source of this portal reads ${location.remote}.`,
        action: 'Add the module for its host, or correct the annotation.',
      };
      continue;
    }
    claim.repositoryId = repositoryId(location.remote);
    claim.subpath = found.subpath;
    repositories.push({
      ...location,
      id: claim.repositoryId,
      sourceId: source.id,
    });
  }
  markRivals(claims);
  return { claims, repositories };
}

/** Two entities may share a place; both are told, and both show the same health. */
function markRivals(claims: DiscoveredClaim[]) {
  const places = new Map<string, DiscoveredClaim[]>();
  for (const claim of claims) {
    if (!claim.repositoryId) continue;
    const place = `${claim.repositoryId}\0${claim.subpath}`;
    places.set(place, [...(places.get(place) ?? []), claim]);
  }
  for (const rivals of places.values()) {
    if (rivals.length < 2) continue;
    for (const claim of rivals) {
      // Other entities are not named here: the reader may not be allowed to see them.
      claim.problem = {
        code: 'shared-place',
        message: `${rivals.length} catalog entities name this repository${
          claim.subpath ? ` and the folder '${claim.subpath}'` : ''
        }. They all show the same health.`,
        action: `Give each its own folder with ${ANNOTATION_REPOSITORY}: <remote>#<folder>, or remove the annotation from all but one.`,
      };
    }
  }
}

function firstOf<T, R>(items: T[], ask: (item: T) => R | undefined) {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function target(entity: Entity, type: string, kind?: string): string | null {
  const relation = entity.relations?.find(
    r =>
      r.type === type && (!kind || parseEntityRef(r.targetRef).kind === kind),
  );
  return relation?.targetRef ?? null;
}
