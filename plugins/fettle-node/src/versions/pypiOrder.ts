import { compare, valid } from '@renovatebot/pep440';
import { orderWithPlainNumbers } from './plainNumbers';

/** The order of PEP 440. */
export const pypiOrder = orderWithPlainNumbers(
  version => valid(version) !== null,
  compare,
);
