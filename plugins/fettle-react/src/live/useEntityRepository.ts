import { FLEET_SCOPE, type EntityHealth } from 'backstage-plugin-fettle-common';
import { EntityReader } from './readers/EntityReader';
import { useLiveReader, type LiveControls } from './useLiveReader';

/**
 * Which repository a catalog entity has, or why none; `entity` is absent until
 * it is known. It is resolved again as the fleet changes while it has none, and
 * by `reload`.
 *
 * @public
 */
export function useEntityRepository(
  entityRef: string,
): LiveControls & { entity?: EntityHealth } {
  const {
    reader,
    want: _,
    ...controls
  } = useLiveReader({
    scope: FLEET_SCOPE,
    key: `entity:${entityRef}`,
    create: api => new EntityReader(api, entityRef),
  });
  return { entity: reader?.value, ...controls };
}
