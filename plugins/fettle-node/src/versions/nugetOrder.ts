import { orderOf } from './VersionOrder';

interface NugetVersion {
  numbers: bigint[];
  labels: string[];
}

const VERSION =
  /^[vV]?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/;
const NUMBER = /^\d+$/;

function parse(version: string): NugetVersion | undefined {
  const found = VERSION.exec(version.trim());
  if (!found) return undefined;
  return {
    numbers: found.slice(1, 5).map(number => BigInt(number ?? 0)),
    // Their case does not count.
    labels: found[5]?.toLowerCase().split('.') ?? [],
  };
}

const order = <T>(a: T, b: T) => Number(a > b) - Number(a < b);

function compareLabels(a: string, b: string): number {
  const [numeric, other] = [NUMBER.test(a), NUMBER.test(b)];
  if (numeric && other) return order(BigInt(a), BigInt(b));
  return numeric === other ? order(a, b) : Number(other) - Number(numeric);
}

function compare(a: NugetVersion, b: NugetVersion): number {
  for (const [i, number] of a.numbers.entries()) {
    if (number !== b.numbers[i]) return order(number, b.numbers[i]);
  }
  // What has labels comes before the release.
  if (!a.labels.length || !b.labels.length) {
    return Number(!a.labels.length) - Number(!b.labels.length);
  }
  for (let i = 0; i < Math.min(a.labels.length, b.labels.length); i++) {
    const found = compareLabels(a.labels[i], b.labels[i]);
    if (found) return found;
  }
  return a.labels.length - b.labels.length;
}

/** Semantic versions of up to four numbers: https://learn.microsoft.com/nuget/concepts/package-versioning */
export const nugetOrder = orderOf(parse, compare);
