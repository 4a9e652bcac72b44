import type { DriftCounts } from 'backstage-plugin-fettle-common';

/** From what is right to what does not count. */
export const DRIFT_STATES = [
  ...(['follows', 'drifted', 'unknown', 'exempt'] as const),
] satisfies readonly (keyof DriftCounts)[];

/** Repositories that have to follow it. */
export function boundBy({ follows, drifted, unknown }: DriftCounts): number {
  return follows + drifted + unknown;
}
