import { parse, type SemVer } from 'semver';
import { orderOf } from './VersionOrder';

const NUMBERS = /^[vV=]?(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:[-+].*)?)$/;
// How the releases of the Go tools are called: go1.21rc2.
const GO_TOOLCHAIN = /^(?:go)?(\d+\.\d+(?:\.\d+)?)(?:(rc|beta)(\d+))?$/;

/** Reads a version of semver.org; missing numbers are zero. */
function parseSemver(version: string): SemVer | undefined {
  const numbers = NUMBERS.exec(version.trim());
  if (!numbers) return undefined;
  const [, major, minor = '0', patch = '0', rest] = numbers;
  return (
    parse(`${major}.${minor}.${patch}${rest}`, { loose: true }) ?? undefined
  );
}

function parseGo(version: string): SemVer | undefined {
  const [, numbers, stage, number] = GO_TOOLCHAIN.exec(version.trim()) ?? [];
  if (!numbers) return parseSemver(version);
  const full = parseSemver(numbers)!.version;
  return parseSemver(stage ? `${full}-${stage}.${number}` : full);
}

/** The order of semver.org. */
export const semverOrder = orderOf(parseSemver, (a, b) => a.compare(b));

/** The same, where versions of the Go tools are understood too. */
export const goOrder = orderOf(parseGo, (a, b) => a.compare(b));

/** The same, where build numbers count: https://dart.dev/tools/pub/versioning */
export const pubOrder = orderOf(
  parseSemver,
  (a, b) => a.compare(b) || a.compareBuild(b),
);
