/**
 * How an ecosystem orders its versions.
 *
 * @public
 */
export interface VersionOrder {
  /** Below zero where `a` comes first; undefined where one of them is no version that this order knows. */
  compare(a: string, b: string): number | undefined;
  /** The lowest and the highest that a version may stand for, where it stands for more than one. */
  span?(version: string): readonly [string, string] | undefined;
}

// The same few thousand versions are compared again and again.
const MEMORY = 5_000;
// Longer ones are no versions, and some expressions take long over them.
const MAX_LENGTH = 256;

/** An order of versions that are read once and compared often. */
export function orderOf<Parsed>(
  parse: (version: string) => Parsed | undefined,
  compare: (a: Parsed, b: Parsed) => number,
): VersionOrder {
  const known = new Map<string, Parsed | undefined>();
  const read = (version: string) => {
    const before = known.get(version);
    if (before !== undefined || known.has(version)) return before;
    if (known.size >= MEMORY) known.clear();
    const parsed = version.length > MAX_LENGTH ? undefined : parse(version);
    known.set(version, parsed);
    return parsed;
  };
  return {
    compare(a, b) {
      const left = read(a);
      const right = left === undefined ? undefined : read(b);
      return left === undefined || right === undefined
        ? undefined
        : compare(left, right);
    },
  };
}

/** Whether every number of a version is one that JavaScript counts exactly; the libraries do not look. */
export function isCountable(version: string): boolean {
  return !/\d{16}/.test(version);
}
