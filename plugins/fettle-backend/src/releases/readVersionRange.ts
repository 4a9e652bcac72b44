import { InputError } from '@backstage/errors';
import { orderOfEcosystem } from 'backstage-plugin-fettle-node';

/** Whether a version is in a range; null where nobody can say so. */
export type InRange = (version: string | null) => boolean | null;

const COMPARATOR = /^(>=|<=|>|<|==?)?\s*([^\s,|<>=]+)[\s,]*/;
const HINT =
  "Write for example '>=1.2 <2', and '||' between alternatives; a version alone is exactly that one";

/**
 * By the first and the last version that a text may stand for, and how each
 * compares with the bound.
 */
const TESTS: Record<string, (first: number, last: number) => boolean | null> = {
  '>': (first, last) => all(first > 0, last > 0),
  '>=': (first, last) => all(first >= 0, last >= 0),
  '<': (first, last) => all(first < 0, last < 0),
  '<=': (first, last) => all(first <= 0, last <= 0),
  // As Python writes it.
  '==': (first, last) => TESTS['='](first, last),
  '=': (first, last) => {
    if (first > 0 || last < 0) return false;
    return first === 0 && last === 0 ? true : null;
  },
};

/**
 * Reads a range of versions of an ecosystem, as OSV calls it. Bounds are
 * compared in the ecosystem's order alone, so `<2` holds 2.0.0-rc.1. Throws
 * InputError for what is no range.
 */
export function readVersionRange(ecosystem: string, text: string): InRange {
  const alternatives = text
    .split('||')
    .map(part => readComparators(ecosystem, part.trim()));
  return version => {
    if (version === null) return null;
    return any(
      alternatives.map(comparators => {
        const answers = comparators.map(holds => holds(version));
        return answers.includes(false) ? false : all(...answers);
      }),
    );
  };
}

function readComparators(ecosystem: string, text: string) {
  const comparators: ((version: string) => boolean | null)[] = [];
  let rest = text;
  do {
    const found = COMPARATOR.exec(rest);
    if (!found) {
      throw new InputError(`'${rest}' is no range of versions. ${HINT}.`);
    }
    const [whole, operator = '=', bound] = found;
    comparators.push(comparator(ecosystem, operator, bound));
    rest = rest.slice(whole.length);
  } while (rest !== '');
  return comparators;
}

function comparator(ecosystem: string, operator: string, bound: string) {
  const order = orderOfEcosystem(ecosystem);
  // Only a version can be compared with itself.
  if (order && order.compare(bound, bound) !== 0) {
    throw new InputError(`'${bound}' is no version of ${ecosystem}. ${HINT}.`);
  }
  return (version: string) => {
    // In any order, also in one that nobody here knows.
    if (version === bound) return operator.includes('=');
    const [lowest, highest] = order?.span?.(version) ?? [version, version];
    const first = order?.compare(lowest, bound);
    const last = order?.compare(highest, bound);
    if (first === undefined || last === undefined) return null;
    return TESTS[operator](first, last);
  };
}

/** The one answer that all give, else null. */
function all(...answers: (boolean | null)[]): boolean | null {
  return answers.every(one => one === answers[0]) ? answers[0] : null;
}

function any(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}
