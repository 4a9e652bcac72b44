import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ReleaseSource } from '../contracts/ReleaseSource';

/**
 * Adds what knows the versions of packages. Called by modules while the
 * backend starts.
 *
 * @public
 */
export interface FettleReleaseSourcesExtensionPoint {
  /** Throws if the id or one of the ecosystems is taken. */
  addReleaseSource(...sources: ReleaseSource[]): void;
}

/** @public */
export const fettleReleaseSourcesExtensionPoint =
  createExtensionPoint<FettleReleaseSourcesExtensionPoint>({
    id: 'fettle.release-sources',
  });
