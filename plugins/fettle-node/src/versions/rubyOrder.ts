import { gt, lt, valid } from '@renovatebot/ruby-semver';
import { orderWithPlainNumbers } from './plainNumbers';

/** The order of Gem::Version. */
export const rubyOrder = orderWithPlainNumbers(
  // An empty one would be zero.
  version => version.trim() !== '' && valid(version) !== null,
  (a, b) => Number(gt(a, b)) - Number(lt(a, b)),
);
