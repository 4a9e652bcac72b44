import type { PackageKey } from './ComponentMatcher';
import type { AskOptions } from './PipelineSource';

/**
 * A version that was published.
 *
 * @public
 */
export interface Release {
  version: string;
  /** ISO 8601 in UTC; left out where the registry does not tell. */
  publishedAt?: string;
  /** Its authors advise against it. */
  deprecated?: boolean;
  /** It was withdrawn, and nobody should begin to use it. */
  yanked?: boolean;
}

/**
 * Knows which versions of packages there are. A registry is one source.
 *
 * @public
 */
export interface ReleaseSource {
  /** Unique among release sources, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Those it is asked about, as OSV calls them. Each has one source. */
  readonly ecosystems: readonly string[];

  /**
   * Every release of a package, in any order; empty where it has none. Versions
   * are written as lockfiles write them.
   *
   * @throws SourceError where the answer cannot be had; `not-found` where the registry does not know the package, `invalid` where it could have no such name
   */
  releases(pkg: PackageKey, options: AskOptions): Promise<Release[]>;
}
