import type { Metric } from 'backstage-plugin-fettle-common';

/** Fewer runs, commits or deployments say too little. */
const LEAST = 3;

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

/** In ascending order, as percentiles need them. */
export function sorted(values: readonly number[]): Float64Array {
  // Sorts by number, and many times faster than with a function to compare by.
  return Float64Array.from(values).sort();
}

/**
 * The nearest-rank percentile: the smallest value that at least this share of
 * all values does not exceed. It is always one that occurred.
 */
export function percentile(values: readonly number[], share: number): number {
  return percentileOfSorted(sorted(values), share);
}

/** The same of values in ascending order, at least one. */
export function percentileOfSorted(
  values: Float64Array,
  share: number,
): number {
  return values[Math.max(0, Math.ceil(share * values.length) - 1)];
}
