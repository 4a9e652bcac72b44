/** The value below which a share of the sorted values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('There is nothing to summarize');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Two digits after the point below ten, one above: more is noise. */
export function rounded(value: number): number {
  return value < 10
    ? Math.round(value * 100) / 100
    : Math.round(value * 10) / 10;
}

/** A figure of several runs: their median, and the lowest and highest of them. */
interface Figure {
  median: number;
  min: number;
  max: number;
}

/** What a share of the values is below, in each run, over all runs. */
export function overRuns(
  runs: readonly (readonly number[])[],
  share: number,
): Figure {
  const each = runs.map(run => percentile(run, share));
  return {
    median: rounded(median(each)),
    min: rounded(Math.min(...each)),
    max: rounded(Math.max(...each)),
  };
}

/** For people: `12.3 (11.9 to 14.0)`. */
export function spread({ median: middle, min, max }: Figure): string {
  return `${middle} (${min} to ${max})`;
}
