import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';

const SOURCE_LOCATION = 'backstage.io/source-location';
const KINDS = new Set(['component', 'api', 'resource']);

/**
 * Whether an entity says where its repository is, and so can have findings.
 *
 * @public
 */
export function isSecurityAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return Boolean(
    annotations[ANNOTATION_REPOSITORY] || annotations[SOURCE_LOCATION],
  );
}

/** Whether an entity has a repository or could have one. */
export function mayHaveFindings(entity: Entity): boolean {
  return (
    KINDS.has(entity.kind.toLocaleLowerCase('en-US')) ||
    isSecurityAvailable(entity)
  );
}
