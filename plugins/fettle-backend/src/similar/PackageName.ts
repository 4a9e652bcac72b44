/** Shorter names have too many neighbours. */
const LEAST = 5;
/** Longer ones are not mistyped but copied, and have too many neighbours, too. */
const MOST = 100;

/** A name of a package, as its look-alikes are compared. */
export interface PackageName {
  /** As it is written. */
  name: string;
  /** What stands before the last `/` or `:`: a scope, a group, an owner. Empty for none. */
  namespace: string;
  /** Letters and digits alone, in lower case. */
  letters: string;
  /** Those of what stands behind the namespace. */
  base: string;
}

/** Why two names are taken for each other. */
export type Likeness = 'same-letters' | 'one-edit' | 'no-namespace';

export function readName(name: string): PackageName {
  // `…/v2` is another version, not another name.
  const bare = name.replace(/\/v\d+$/, '');
  const cut = Math.max(bare.lastIndexOf('/'), bare.lastIndexOf(':'));
  return {
    name,
    namespace: bare.slice(0, Math.max(0, cut)).toLowerCase(),
    letters: lettersOf(bare),
    base: lettersOf(bare.slice(cut + 1)),
  };
}

/**
 * Places in an index at which names that are alike meet: each one's letters,
 * and its letters without any one of them. Names one edit apart have one in
 * common, and few others do. As numbers, which may be those of other letters
 * too: there are millions of them, and texts would take their time.
 */
export function placesOf({ letters, base, namespace }: PackageName): number[] {
  if (!isComparable(letters)) return [];
  const { length } = letters;
  const heads = headsOf(letters);
  const whole = heads[length];
  const places = new Set([whole]);
  for (let i = 0, last = ''; i < length; last = letters[i], i += 1) {
    if (letters[i] === last) continue;
    const rest = POWERS[length - 1 - i];
    const tail = whole - Math.imul(heads[i + 1], rest);
    places.add((Math.imul(heads[i], rest) + tail) | 0);
  }
  const bare = namespace === '' ? letters : base;
  if (isComparable(bare)) {
    places.add(headsOf(bare)[bare.length] ^ WITHOUT_NAMESPACE);
  }
  return [...places];
}

/** Any odd number far from small ones will do. */
const FACTOR = 0x01000193;
const WITHOUT_NAMESPACE = 0x5bd1e995;
const POWERS = [1];
for (let i = 0; i < MOST; i++) POWERS.push(Math.imul(POWERS[i], FACTOR));

/** The number of each beginning of a text, up to the whole. */
function headsOf(text: string): number[] {
  const heads = [0];
  for (let i = 0; i < text.length; i++) {
    heads.push((Math.imul(heads[i], FACTOR) + text.charCodeAt(i) + 1) | 0);
  }
  return heads;
}

/** How another's name is like an own one; undefined where it is not, or is of the same owner. */
export function likenessOf(
  other: PackageName,
  own: PackageName,
): Likeness | undefined {
  if (other.name === own.name) return undefined;
  if (other.namespace !== '' && other.namespace === own.namespace) {
    return undefined;
  }
  if (!isComparable(other.letters) || !isComparable(own.letters)) {
    return undefined;
  }
  if (other.letters === own.letters) return 'same-letters';
  if (isOneEdit(other.letters, own.letters)) return 'one-edit';
  const isBare = other.namespace === '' && own.namespace !== '';
  return isBare && other.letters === own.base ? 'no-namespace' : undefined;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function isComparable(letters: string): boolean {
  return letters.length >= LEAST && letters.length <= MOST;
}

/** A letter more, less or other, or two neighbours swapped. */
function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a, b].map(one => one.slice(start, one.length - end));
  if (left.length <= 1 && right.length <= 1) return true;
  return (
    left.length === 2 &&
    right.length === 2 &&
    left[0] === right[1] &&
    left[1] === right[0]
  );
}
