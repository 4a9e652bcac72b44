import { orderOf } from './VersionOrder';

interface PackagistVersion {
  numbers: number[];
  /** Place in {@link STABILITIES}. */
  stability: number;
  /** The numbers after the stability. */
  of: number[];
  dev: boolean;
}

const SUFFIX =
  '[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\\d+)*))?([.-]?dev)?';
const NUMBERED = new RegExp(
  `^v?(\\d{1,5}(?:\\.\\d{1,15}){0,3})${SUFFIX}$`,
  'i',
);
const DATED = new RegExp(
  `^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3}){0,2})${SUFFIX}$`,
  'i',
);
// A branch stands above every release that it could still give.
const BRANCH = /^v?(\d+(?:\.(?:\d+|[x*])){0,3})(?:\.[x*])?-dev$/i;
const HIGHEST = 9_999_999;

const STABILITIES = ['dev', 'alpha', 'beta', 'rc', 'stable', 'patch'];
const SHORT: Record<string, string> = {
  a: 'alpha',
  b: 'beta',
  p: 'patch',
  pl: 'patch',
};

const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number);

function parse(given: string): PackagistVersion | undefined {
  const version = given
    .trim()
    .replace(/#[0-9a-f]+$/i, '')
    .replace(/@(?:stable|rc|beta|alpha|dev)$/i, '')
    .replace(/\+[^\s]*$/, '');
  const branch = /[.][x*]/i.test(version) ? BRANCH.exec(version) : null;
  if (branch) {
    const numbers = branch[1]
      .split('.')
      .map(part => (/\d/.test(part) ? Number(part) : HIGHEST));
    while (numbers.length < 4) numbers.push(HIGHEST);
    return { numbers, stability: 4, of: [], dev: true };
  }
  const found = NUMBERED.exec(version) ?? DATED.exec(version);
  if (!found) return undefined;
  const word = found[2]?.toLowerCase() ?? 'stable';
  const numbers = numbersIn(found[1]);
  while (numbers.length < 4) numbers.push(0);
  return {
    numbers,
    stability: STABILITIES.indexOf(SHORT[word] ?? word),
    of: numbersIn(found[3] ?? ''),
    dev: Boolean(found[4]),
  };
}

function compareNumbers(a: number[], b: number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    // A number that is not there comes before any that is.
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference) return difference;
  }
  return 0;
}

function compare(a: PackagistVersion, b: PackagistVersion): number {
  return (
    compareNumbers(a.numbers, b.numbers) ||
    rank(a) - rank(b) ||
    compareNumbers(a.of, b.of) ||
    Number(b.dev) - Number(a.dev)
  );
}

// `1.0-dev` has no stability but that.
function rank({ stability, dev }: PackagistVersion): number {
  return dev && STABILITIES[stability] === 'stable' ? 0 : stability;
}

/** Composer's normalised versions, in its order: https://getcomposer.org/doc/04-schema.md#version */
export const packagistOrder = orderOf(parse, compare);
