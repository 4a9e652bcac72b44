import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';

const SOURCE_LOCATION = 'backstage.io/source-location';

/**
 * Whether an entity says where its repository is, and so can have runs.
 *
 * @public
 */
export function isPipelinesAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return Boolean(
    annotations[ANNOTATION_REPOSITORY] || annotations[SOURCE_LOCATION],
  );
}

const KINDS = new Set(['component', 'api', 'resource']);

/**
 * Whether an entity has a repository or could have one. Those without get the
 * annotation to copy.
 */
export function mayHaveRuns(entity: Entity): boolean {
  return (
    KINDS.has(entity.kind.toLocaleLowerCase('en-US')) ||
    isPipelinesAvailable(entity)
  );
}
