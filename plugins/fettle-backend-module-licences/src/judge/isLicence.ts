import parse from 'spdx-expression-parse';
import ids from 'spdx-license-ids/index.json';
import deprecated from 'spdx-license-ids/deprecated.json';
import { fits } from './fits';

/** What npm has for packages that nobody may use. */
export const UNLICENSED = 'UNLICENSED';

/** Whether it names one licence, or with `*` at least one. */
export function isLicence(value: string): boolean {
  if (value === UNLICENSED) return true;
  if (value.includes('*')) {
    return [...ids, ...deprecated].some(id => fits(id, value));
  }
  try {
    return !('conjunction' in parse(value));
  } catch {
    return false;
  }
}
