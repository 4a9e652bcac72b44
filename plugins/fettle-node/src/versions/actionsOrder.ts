import { semverOrder } from './semverOrder';
import type { VersionOrder } from './VersionOrder';

const MOVING = /^v?(\d+)(?:\.(\d+))?$/;
const HIGHEST = 999_999_999;

/**
 * Semantic versions, where a tag of one or two numbers is moved to the newest
 * release that begins with them: `v4` may be any 4.x.
 */
export const actionsOrder: VersionOrder = {
  ...semverOrder,
  span(version) {
    const [, major, minor] = MOVING.exec(version) ?? [];
    if (!major) return undefined;
    return minor
      ? [`${major}.${minor}.0`, `${major}.${minor}.${HIGHEST}`]
      : [`${major}.0.0`, `${major}.${HIGHEST}.${HIGHEST}`];
  },
};
