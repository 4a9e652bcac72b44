import type { Release } from '../contracts/ReleaseSource';
import { isPrerelease } from './isPrerelease';
import { orderOfEcosystem } from './orders';

/**
 * The highest release in the order of its ecosystem, as OSV calls it.
 * Pre-releases and what was yanked are left out, and deprecated ones where
 * there are others. Undefined where none is left, or nobody knows the order.
 *
 * @public
 */
export function newestRelease<R extends Release>(
  ecosystem: string,
  releases: readonly R[],
): R | undefined {
  const order = orderOfEcosystem(ecosystem);
  if (!order) return undefined;
  const fit = releases.filter(
    ({ version, yanked }) =>
      !yanked &&
      // Only a version can be compared with itself.
      order.compare(version, version) === 0 &&
      !isPrerelease(ecosystem, version),
  );
  const advised = fit.filter(({ deprecated }) => !deprecated);
  return (advised.length > 0 ? advised : fit).reduce<R | undefined>(
    (best, one) =>
      best && order.compare(best.version, one.version)! >= 0 ? best : one,
    undefined,
  );
}
