import { compare, valid } from '@renovatebot/pep440';
import { isCountable, orderOf } from './VersionOrder';

/** The order of PEP 440. */
export const pypiOrder = orderOf(
  version => (isCountable(version) && valid(version)) || undefined,
  (a, b) => compare(a, b),
);
