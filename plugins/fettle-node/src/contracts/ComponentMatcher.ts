import type {
  FeedStatus,
  FindingKind,
  Severity,
} from 'backstage-plugin-fettle-common';

/**
 * A package, whatever its version.
 *
 * @public
 */
export interface PackageKey {
  /** As OSV calls it. */
  ecosystem: string;
  /** As OSV writes it. */
  name: string;
}

/**
 * A component as matchers are asked about it.
 *
 * @public
 */
export interface ComponentKey extends PackageKey {
  /** Null where only a requirement is known. */
  version: string | null;
  licence: string | null;
}

/**
 * What is known against a component.
 *
 * @public
 */
export interface ComponentMatch {
  kind: FindingKind;
  /** By which it is best known: the CVE where there is one. */
  rule: string;
  /** Every other name of it. Matches of one package that share a name are one problem. */
  aliases: readonly string[];
  /** In one line. */
  title: string;
  severity: Severity;
  /** CVSS base score, 0 to 10. */
  cvss?: number;
  /** Chance of exploitation in the next 30 days, 0 to 1. */
  epss?: number;
  /** Exploited in the wild, as a catalogue of such says. */
  exploited?: boolean;
  /** Lowest versions that are not concerned, one for each line of versions. */
  fixedIn: readonly string[];
  /** False where the version cannot be compared with those of the record. */
  certain: boolean;
  /** Plain text, a few sentences. */
  description?: string;
  fix?: string;
  references?: readonly string[];
}

/**
 * Judges components by what is known elsewhere (advisories, licence rules),
 * without the repositories: what is learned later is matched against stored
 * components, and nothing is scanned again.
 *
 * @public
 */
export interface ComponentMatcher {
  /** Unique among matchers and scanners, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** The kinds of findings that it looks for; any that components can have where it is left out. A policy about a kind that nobody looks for is not taken for kept. */
  readonly finds?: readonly FindingKind[];

  /**
   * One answer for each component, in the order given. A component of which
   * nothing is known gives an empty list.
   *
   * @throws where the answer cannot be had: findings then stay as they are
   */
  match(
    components: readonly ComponentKey[],
    options: { signal: AbortSignal },
  ): Promise<ComponentMatch[][]>;

  /**
   * What changed after `cursor`, which is one that it gave before; null for the
   * first time. `all` where it cannot tell, and for the first time.
   */
  changesSince(
    cursor: string | null,
  ): Promise<{ packages: readonly PackageKey[] | 'all'; cursor: string }>;

  /** Calls back soon after a change, so that nobody has to ask every minute. */
  onChange?(listener: () => void): void;

  /** What it knows from where, and how old that is. */
  feeds?(): Promise<FeedStatus[]>;

  /**
   * The ecosystems whose components it has something to match against, and those
   * that it could know and has nothing of: a policy about those is not taken for
   * kept. Of any other it never knows anything. Left out where it judges
   * components of any ecosystem; it then knows something once one of its feeds
   * has records.
   */
  ecosystems?(): Promise<{
    known: readonly string[];
    missing: readonly string[];
  }>;
}
