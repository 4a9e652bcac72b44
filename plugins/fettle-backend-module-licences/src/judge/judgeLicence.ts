import parse, { type Info } from 'spdx-expression-parse';
import type { LicenceRules } from '../config/readLicencesConfig';
import { fits } from './fits';
import { UNLICENSED } from './isLicence';

/** How a licence stands: the parts that stand against it, or that nobody can tell. */
export type Judgement =
  | { is: 'fine' }
  | { is: 'denied' | 'not-allowed'; because: string[] }
  | { is: 'unknown' };

type One = parse.LicenseInfo & { exception?: string };
type Lists = Pick<LicenceRules, 'allow' | 'deny'>;

const FINE: Judgement = { is: 'fine' };

/** Longer ones are no licence of anything. */
const MOST_LENGTH = 2_000;

/**
 * Judges an SPDX expression: of `A OR B` one may choose, of `A AND B` both
 * bind. Words that are none are not guessed at: `UNLICENSED` forbids what
 * `Unlicense` allows.
 */
export function judgeLicence(licence: string | null, lists: Lists): Judgement {
  const given = licence?.trim() ?? '';
  if (given === UNLICENSED) return judgeOne([UNLICENSED], lists);
  const parsed = given.length > MOST_LENGTH ? undefined : tryParse(given);
  return parsed ? judge(parsed, lists) : { is: 'unknown' };
}

function judge(info: Info, lists: Lists): Judgement {
  if (!('conjunction' in info)) {
    // Its types do not tell of exceptions.
    const { license: id, plus, exception } = info as One;
    const whole = `${id}${plus ? '+' : ''}`;
    const names = [id, whole];
    return judgeOne(
      exception ? [`${whole} WITH ${exception}`, ...names] : names,
      lists,
    );
  }
  const left = judge(info.left, lists);
  const right = judge(info.right, lists);
  const fine = [left, right].filter(({ is }) => is === 'fine');
  if (info.conjunction === 'or' ? fine.length > 0 : fine.length === 2) {
    return FINE;
  }
  const against = [left, right].flatMap(one => ('because' in one ? [one] : []));
  const denied = against.some(({ is }) => is === 'denied');
  return {
    is: denied ? 'denied' : 'not-allowed',
    because: [...new Set(against.flatMap(({ because }) => because))],
  };
}

/** By its names, the most exact one first. */
function judgeOne(names: readonly string[], { allow, deny }: Lists): Judgement {
  const [exact] = names;
  const rescued =
    exact.includes(' WITH ') && allow?.some(one => fits(exact, one));
  if (rescued) return FINE;
  const isOn = (list: readonly string[]) =>
    names.some(name => list.some(one => fits(name, one)));
  if (isOn(deny)) return { is: 'denied', because: [exact] };
  if (allow && !isOn(allow)) return { is: 'not-allowed', because: [exact] };
  return FINE;
}

function tryParse(licence: string): Info | undefined {
  try {
    return parse(licence);
  } catch {
    return undefined;
  }
}
