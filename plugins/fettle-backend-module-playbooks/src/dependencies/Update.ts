import { orderOfEcosystem } from 'backstage-plugin-fettle-node';

/** A package that is to be at other versions. */
export interface Update {
  /** As OSV calls it. */
  ecosystem: string;
  name: string;
  /**
   * For each reason one list of versions, of which the lowest that is high
   * enough will do: one for each line of versions.
   */
  wanted: readonly (readonly string[])[];
  /** Does not wait. */
  security: boolean;
  /** Keys of the problems that it mends. */
  problems: readonly string[];
}

/** Below zero where `a` comes first; 0 too where nobody can tell. */
export function compareVersions(
  ecosystem: string,
  a: string,
  b: string,
): number {
  return orderOfEcosystem(ecosystem)?.compare(a, b) ?? 0;
}

/** Whether a version is one that all reasons are content with. */
export function isRight(update: Update, version: string): boolean {
  return update.wanted.every(lines =>
    isRightOf(update.ecosystem, lines, version),
  );
}

/**
 * The version to go to from another one: the lowest that all reasons are
 * content with, in the same line where there is one.
 */
export function targetOf(update: Update, current: string): string | undefined {
  const { ecosystem, wanted } = update;
  const compare = (a: string, b: string) => compareVersions(ecosystem, a, b);
  const candidates = wanted
    .flat()
    .filter(one => compare(one, current) > 0 && isRight(update, one))
    .sort(compare);
  return (
    candidates.find(one => lineOf(one) === lineOf(current)) ?? candidates[0]
  );
}

function isRightOf(
  ecosystem: string,
  lines: readonly string[],
  version: string,
): boolean {
  const compare = (a: string, b: string) => compareVersions(ecosystem, a, b);
  if (orderOfEcosystem(ecosystem)?.compare(version, version) !== 0)
    return false;
  const sorted = [...lines].sort(compare);
  const highest = sorted[sorted.length - 1];
  if (highest === undefined) return false;
  return (
    compare(version, highest) >= 0 ||
    lines.some(
      one => lineOf(one) === lineOf(version) && compare(version, one) >= 0,
    )
  );
}

/** Versions that are said to fit each other: those of one major, or minor below 1. */
function lineOf(version: string): string {
  const [, major = '', minor = ''] = /^v?(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return major === '0' ? `0.${minor}` : major;
}
