import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DeliverySource } from '../contracts/DeliverySource';
import type { PipelineSource } from '../contracts/PipelineSource';

/**
 * Adds what a host or CI sends by itself. Called by modules while the backend
 * starts.
 *
 * @public
 */
export interface FettleDeliverySourcesExtensionPoint {
  /** Throws if the id is taken. */
  addDeliverySource(source: DeliverySource): void;
}

/** @public */
export const fettleDeliverySourcesExtensionPoint =
  createExtensionPoint<FettleDeliverySourcesExtensionPoint>({
    id: 'fettle.delivery-sources',
  });

/**
 * Adds hosts and CIs that can be asked for runs. Called by modules while the
 * backend starts.
 *
 * @public
 */
export interface FettlePipelineSourcesExtensionPoint {
  /** Throws if the id is taken. */
  addPipelineSource(source: PipelineSource): void;
}

/** @public */
export const fettlePipelineSourcesExtensionPoint =
  createExtensionPoint<FettlePipelineSourcesExtensionPoint>({
    id: 'fettle.pipeline-sources',
  });
