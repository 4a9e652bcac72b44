import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Check } from '../contracts/Check';

/**
 * Adds checks. Called by modules while the backend starts; the plugin then
 * applies `fettle.checks.<id>` from config and stops the start where a check
 * asks for a fact that nobody collects.
 *
 * @public
 */
export interface FettleChecksExtensionPoint {
  /** Throws if the id is taken. */
  addCheck(...checks: Check<any, any>[]): void;
}

/** @public */
export const fettleChecksExtensionPoint =
  createExtensionPoint<FettleChecksExtensionPoint>({
    id: 'fettle.checks',
  });
