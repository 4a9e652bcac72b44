import { gt, lt, valid } from '@renovatebot/ruby-semver';
import { isCountable, orderOf } from './VersionOrder';

/** The order of Gem::Version. */
export const rubyOrder = orderOf(
  // An empty one would be zero.
  version =>
    (version.trim() && isCountable(version) && valid(version)) || undefined,
  (a, b) => Number(gt(a, b)) - Number(lt(a, b)),
);
