import { compare } from 'mvncmp';
import { isCountable, orderOf } from './VersionOrder';

/** The order of Maven's ComparableVersion, in which any text is a version. */
export const mavenOrder = orderOf(
  version =>
    /[^\w.+-]/.test(version) || !version || !isCountable(version)
      ? undefined
      : version,
  (a, b) => compare(a, b),
);
