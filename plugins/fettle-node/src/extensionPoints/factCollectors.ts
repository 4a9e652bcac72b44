import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { FactCollector } from '../contracts/FactCollector';

/**
 * Adds fact collectors. Called by modules while the backend starts.
 *
 * @public
 */
export interface FettleFactCollectorsExtensionPoint {
  /** Throws if the fact's id is taken. */
  addFactCollector(...collectors: FactCollector<any>[]): void;
}

/** @public */
export const fettleFactCollectorsExtensionPoint =
  createExtensionPoint<FettleFactCollectorsExtensionPoint>({
    id: 'fettle.fact-collectors',
  });
