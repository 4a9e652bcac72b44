import { actionsOrder } from './actionsOrder';
import { mavenOrder } from './mavenOrder';
import { nugetOrder } from './nugetOrder';
import { packagistOrder } from './packagistOrder';
import { pypiOrder } from './pypiOrder';
import { rubyOrder } from './rubyOrder';
import { goOrder, pubOrder, semverOrder } from './semverOrder';
import type { VersionOrder } from './VersionOrder';

/** Whose versions are those of semver.org, so that both kinds of ranges mean the same. */
const SEMANTIC: Record<string, VersionOrder> = {
  npm: semverOrder,
  'crates.io': semverOrder,
  Go: goOrder,
  Hex: semverOrder,
  SwiftURL: semverOrder,
  Pub: pubOrder,
  // What OSV calls an ecosystem.
  // eslint-disable-next-line no-restricted-syntax
  'GitHub Actions': actionsOrder,
  Bitnami: semverOrder,
  Julia: semverOrder,
};

const OTHERS: Record<string, VersionOrder> = {
  PyPI: pypiOrder,
  Maven: mavenOrder,
  RubyGems: rubyOrder,
  NuGet: nugetOrder,
  Packagist: packagistOrder,
};

const of = (orders: Record<string, VersionOrder>, ecosystem: string) =>
  Object.hasOwn(orders, ecosystem) ? orders[ecosystem] : undefined;

/**
 * The order of an ecosystem, as OSV calls it; undefined where nobody here knows it.
 *
 * @public
 */
export function orderOfEcosystem(ecosystem: string): VersionOrder | undefined {
  return of(SEMANTIC, ecosystem) ?? of(OTHERS, ecosystem);
}

/**
 * The order of a range of type SEMVER in a record about an ecosystem.
 *
 * @public
 */
export function orderOfSemverRanges(ecosystem: string): VersionOrder {
  return of(SEMANTIC, ecosystem) ?? semverOrder;
}
