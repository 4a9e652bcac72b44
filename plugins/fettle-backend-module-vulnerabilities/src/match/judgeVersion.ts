import {
  orderOfEcosystem,
  orderOfSemverRanges,
  type VersionOrder,
} from 'backstage-plugin-fettle-node';
import type { Interval, Range } from '../record/readRanges';

/** `unsure` where versions cannot be compared: never taken for `no`. */
export type Verdict = 'affected' | 'unsure' | 'no';

/** What a record's ranges say of a version. */
export interface Judgement {
  verdict: Verdict;
  /** For each range, in their order, the versions above it at which something ends. */
  fixes: string[][];
}

/** Everything that a version may stand for; mostly one. */
type Span = readonly [low: string, high: string];

/**
 * The evaluation of https://ossf.github.io/osv-schema/#evaluation, except for
 * the lists of versions.
 *
 * A component without a version is affected only where every version is. What
 * it asks for is not known here, and to suspect it of every advisory that its
 * package ever had would drown the ones that are true.
 */
export function judgeVersion(
  ecosystem: string,
  version: string | null,
  ranges: readonly Range[],
): Judgement {
  if (version === null) {
    const verdict = ranges.some(isEverything) ? 'affected' : 'no';
    return { verdict, fixes: [] };
  }
  const fixes: string[][] = [];
  let verdict: Verdict = 'no';
  for (const range of ranges) {
    const order = range.s
      ? orderOfSemverRanges(ecosystem)
      : orderOfEcosystem(ecosystem);
    const ends: string[] = [];
    const found = judgeRange(order, version, range, ends);
    fixes.push(ends);
    if (found === 'affected' || verdict === 'no') verdict = found;
  }
  return { verdict, fixes };
}

function isEverything({ i, l }: Range): boolean {
  return !l && Boolean(i?.some(([from, to]) => from === '0' && to === null));
}

function judgeRange(
  order: VersionOrder | undefined,
  version: string,
  range: Range,
  ends: string[],
): Verdict {
  if (isEverything(range)) return 'affected';
  const { i: intervals, l: limits } = range;
  if (!order || !intervals) return 'unsure';
  const span = order.span?.(version) ?? ([version, version] as const);
  if (order.compare(span[0], span[0]) === undefined) {
    for (const [, to, last] of intervals) if (to && !last) ends.push(to);
    return intervals.length > 0 ? 'unsure' : 'no';
  }
  let verdict: Verdict = 'no';
  for (const interval of intervals) {
    const [, to, last] = interval;
    if (to && !last && order.compare(span[0], to)! < 0) ends.push(to);
    const found = judgeInterval(order, span, interval);
    if (found === 'affected' || verdict === 'no') verdict = found;
  }
  return verdict === 'no' || !limits
    ? verdict
    : below(order, span, limits, verdict);
}

function judgeInterval(
  order: VersionOrder,
  [low, high]: Span,
  [from, to, last]: Interval,
): Verdict {
  const after = (version: string) =>
    from === '0' || order.compare(version, from)! >= 0;
  const before = (version: string) => {
    if (to === null) return true;
    const found = order.compare(version, to)!;
    return found < 0 || (Boolean(last) && found === 0);
  };
  if (after(low) && before(high)) return 'affected';
  return after(high) && before(low) ? 'unsure' : 'no';
}

function below(
  order: VersionOrder,
  [low, high]: Span,
  limits: readonly string[],
  verdict: Verdict,
): Verdict {
  const compared = limits.map(limit => ({
    low: order.compare(low, limit),
    high: order.compare(high, limit),
  }));
  if (compared.some(found => found.high !== undefined && found.high < 0)) {
    return verdict;
  }
  return compared.some(found => found.low === undefined || found.low < 0)
    ? 'unsure'
    : 'no';
}
