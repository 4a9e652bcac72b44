import {
  orderOfEcosystem,
  orderOfSemverRanges,
  type VersionOrder,
} from 'backstage-plugin-fettle-node';
import type { OsvAffected, OsvEvent } from './recordSchema';

/** From, to, and whether `to` is affected as well. `0` is before everything, null after. */
export type Interval = readonly [from: string, to: string | null, last?: 1];

/** A range as it is kept: what is affected, in the order of versions. */
export interface Range {
  /** Intervals; left out where the events cannot be put in order. */
  i?: Interval[];
  /** Set where versions are those of semver.org whatever the ecosystem. */
  s?: 1;
  /** Versions from these on are not meant; a version has to be below one of them. */
  l?: string[];
}

/** The ranges of an affected package; those of commits are left out. */
export function readRanges(ecosystem: string, affected: OsvAffected): Range[] {
  return (affected.ranges ?? [])
    .filter(({ type }) => type !== 'GIT')
    .map(({ type, events }) => {
      const order =
        type === 'SEMVER'
          ? orderOfSemverRanges(ecosystem)
          : orderOfEcosystem(ecosystem);
      const limits = events.flatMap(({ limit }) => limit ?? []);
      return {
        i: order && intervalsOf(events, order),
        ...(type === 'SEMVER' ? { s: 1 as const } : {}),
        ...(limits.length > 0 && !limits.includes('*') ? { l: limits } : {}),
      };
    });
}

type Point = { version: string; kind: 'introduced' | 'fixed' | 'last' };

function pointsOf(events: readonly OsvEvent[]): Point[] {
  return events.flatMap(event => {
    const points: Point[] = [];
    if (event.introduced !== undefined) {
      points.push({ version: event.introduced, kind: 'introduced' });
    }
    if (event.fixed !== undefined) {
      points.push({ version: event.fixed, kind: 'fixed' });
    }
    if (event.last_affected !== undefined) {
      points.push({ version: event.last_affected, kind: 'last' });
    }
    return points;
  });
}

/** Undefined where a version among them cannot be compared. */
function intervalsOf(
  events: readonly OsvEvent[],
  order: VersionOrder,
): Interval[] | undefined {
  const points = pointsOf(events);
  let comparable = points.every(
    ({ version }) =>
      version === '0' || order.compare(version, version) !== undefined,
  );
  points.sort((a, b) => {
    if (a.version === b.version) return 0;
    if (a.version === '0') return -1;
    if (b.version === '0') return 1;
    const found = order.compare(a.version, b.version);
    if (found === undefined) comparable = false;
    return found ?? 0;
  });
  if (!comparable) return undefined;
  const intervals: Interval[] = [];
  let from: string | undefined;
  for (const { version, kind } of points) {
    if (kind === 'introduced') {
      from ??= version;
    } else if (from !== undefined) {
      intervals.push(kind === 'last' ? [from, version, 1] : [from, version]);
      from = undefined;
    }
  }
  if (from !== undefined) intervals.push([from, null]);
  return intervals;
}
