import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { AlertSource } from '../contracts/AlertSource';
import type { ComponentMatcher } from '../contracts/ComponentMatcher';
import type { Scanner } from '../contracts/Scanner';
import type { ThreatDetector } from '../contracts/ThreatDetector';

/**
 * Adds what finds components and problems in files. Called by modules while
 * the backend starts.
 *
 * @public
 */
export interface FettleScannersExtensionPoint {
  /** Throws if the id is taken. */
  addScanner(...scanners: Scanner[]): void;
}

/** @public */
export const fettleScannersExtensionPoint =
  createExtensionPoint<FettleScannersExtensionPoint>({
    id: 'fettle.scanners',
  });

/**
 * Adds what judges components. Called by modules while the backend starts.
 *
 * @public
 */
export interface FettleComponentMatchersExtensionPoint {
  /** Throws if the id is taken. */
  addComponentMatcher(...matchers: ComponentMatcher[]): void;
}

/** @public */
export const fettleComponentMatchersExtensionPoint =
  createExtensionPoint<FettleComponentMatchersExtensionPoint>({
    id: 'fettle.component-matchers',
  });

/**
 * Adds what reads the alerts of hosts. Called by modules while the backend
 * starts.
 *
 * @public
 */
export interface FettleAlertSourcesExtensionPoint {
  /** Throws if the id is taken. */
  addAlertSource(source: AlertSource): void;
}

/** @public */
export const fettleAlertSourcesExtensionPoint =
  createExtensionPoint<FettleAlertSourcesExtensionPoint>({
    id: 'fettle.alert-sources',
  });

/**
 * Adds what compares repositories with what they were. Called by modules while
 * the backend starts.
 *
 * @public
 */
export interface FettleThreatDetectorsExtensionPoint {
  /** Throws if the id is taken. */
  addThreatDetector(...detectors: ThreatDetector[]): void;
}

/** @public */
export const fettleThreatDetectorsExtensionPoint =
  createExtensionPoint<FettleThreatDetectorsExtensionPoint>({
    id: 'fettle.threat-detectors',
  });
