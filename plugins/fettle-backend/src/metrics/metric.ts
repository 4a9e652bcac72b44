import type { Metric } from 'backstage-plugin-fettle-common';

/** Fewer runs, commits or deployments say too little. */
export const LEAST = 3;

/** A number, if what it rests on is enough. */
export function metric(
  unit: Metric['unit'],
  sample: number,
  value: () => number,
  things: string,
  least: number = LEAST,
): Metric {
  if (sample < least) {
    return {
      ...{ unit, sample },
      value: null,
      note: `not enough data: ${sample} of ${least} ${things}`,
    };
  }
  return { unit, sample, value: value(), note: null };
}

/**
 * The nearest-rank percentile: the smallest value that at least this share of
 * all values does not exceed. It is always one that occurred.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
