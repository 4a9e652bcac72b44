import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { RepositorySource } from '../contracts/RepositorySource';

/**
 * Adds repository sources. Called by modules while the backend starts.
 *
 * @public
 */
export interface FettleRepositorySourcesExtensionPoint {
  /** Throws if the id is taken. */
  addRepositorySource(source: RepositorySource): void;
}

/** @public */
export const fettleRepositorySourcesExtensionPoint =
  createExtensionPoint<FettleRepositorySourcesExtensionPoint>({
    id: 'fettle.repository-sources',
  });
