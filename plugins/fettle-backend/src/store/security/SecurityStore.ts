import type {
  AcceptFinding,
  ComponentPage,
  ComponentQuery,
  ComponentScope,
  Exception,
  FindingDetails,
  FindingPage,
  FindingQuery,
  FleetSecurity,
  PackagePage,
  PackageQuery,
  PackageUses,
  PackageUsesQuery,
  Reason,
  RepositorySecurity,
} from 'backstage-plugin-fettle-common';
import type {
  ComponentKey,
  PackageKey,
  ScanReport,
} from 'backstage-plugin-fettle-node';
import type { FoundReport } from '../../findings/fromReport';
import type { Sighting } from '../../findings/Sighting';
import type { Visibility } from '../FettleStore';
import type { PackageVersion, PackageVersionQuery } from './packageVersions';

/** What a scanner did, as far as it is known. */
export interface StoredScan {
  scannerId: string;
  digest: string;
  /** Scanned last with success. */
  commit: string | null;
  state: 'ok' | 'partial' | 'failed';
  reason: Reason | null;
  problems: { path: string | null; message: string; action: string }[];
  scannedAt: string | null;
  attemptedAt: string;
  /** Of what it failed; null where it did not, or nobody said. */
  attempt: string | null;
  /** Of this attempt, one after the other. */
  failures: number;
}

/** A scan that came to its end. */
export interface FinishedScan {
  repositoryId: string;
  scannerId: string;
  digest: string;
  commit: string;
  report: Omit<ScanReport, 'findings'> & { findings?: readonly FoundReport[] };
  /** It looked at what is new only: what was found before stays. */
  adds?: boolean;
  /** Files that it did not look into, and that are no problem: what was found there before stays. */
  unread?: readonly string[];
  /** Keys of what a person closed elsewhere and is there still. */
  keeps?: readonly string[];
}

/** A scan that did not. */
export interface FailedScan {
  repositoryId: string;
  scannerId: string;
  digest: string;
  reason: Reason;
  /** By which what was to be scanned, and how, is known again. */
  attempt?: string;
  /** Seen until it failed. */
  findings?: readonly FoundReport[];
}

/** A component of a repository, as matchers are asked about it. */
export interface UsedComponent extends ComponentKey {
  path: string;
  line: number | null;
  direct: boolean | null;
  scope: ComponentScope;
  chain: string[];
}

/** What readers see of a repository's findings, before their permissions. */
export type SecurityOverview = Omit<
  RepositorySecurity,
  'scans' | 'feeds' | 'can' | 'headCommit'
>;

/** What was written, for open pages; null where readers see no difference. */
export interface SecurityWrite {
  revision: number | null;
}

/** Findings by what a scan did to them: new or open again, seen and known before, not seen any more. */
export interface FindingChanges {
  opened: number;
  known: number;
  fixed: number;
}

/** Components, findings and what people accepted. */
export interface SecurityStore {
  /** A secret of this portal, made when it is first asked for. */
  portalKey(name: string): Promise<string>;

  scans(repositoryId: string): Promise<StoredScan[]>;
  saveScan(
    scan: FinishedScan,
    now: Date,
  ): Promise<SecurityWrite & { changes: FindingChanges }>;
  /** What was found before stays. */
  saveFailedScan(scan: FailedScan, now: Date): Promise<SecurityWrite>;
  /** By the ids of the repositories. */
  usedComponents(repositoryIds: readonly string[]): Promise<
    Map<
      string,
      {
        components: UsedComponent[];
        /** What {@link SecurityStore.saveMatches} checks: the components are still those. */
        stamp: string;
      }
    >
  >;
  /**
   * What a matcher sees of some repositories comes into force, in one
   * transaction. Left out of `saved` are those whose components changed
   * meanwhile: match them anew.
   */
  saveMatches(
    matcherId: string,
    given: readonly {
      repositoryId: string;
      stamp: string;
      sightings: readonly Sighting[];
    }[],
    now: Date,
  ): Promise<
    SecurityWrite & {
      /** Where readers see a difference. */
      changed: ReadonlySet<string>;
      saved: ReadonlySet<string>;
    }
  >;
  /** Repositories that use any of these packages; all that have components for `all`. */
  repositoriesUsing(packages: readonly PackageKey[] | 'all'): Promise<string[]>;
  matcherCursor(matcherId: string): Promise<string | null>;
  saveMatcherCursor(matcherId: string, cursor: string): Promise<void>;

  /** What a detector remembers of a repository; null for nothing. */
  threatMemory(repositoryId: string, detectorId: string): Promise<unknown>;
  saveThreatMemory(
    repositoryId: string,
    detectorId: string,
    memory: unknown,
  ): Promise<void>;

  /** Ends what ran out. */
  endExceptions(
    now: Date,
  ): Promise<{ repositoryIds: string[] } & SecurityWrite>;
  accept(
    finding: { id: string; repositoryId: string },
    given: AcceptFinding & { actor: string; owner: string | null },
    now: Date,
  ): Promise<{ exception: Exception; repositoryIds: string[] } & SecurityWrite>;
  /** Throws NotFoundError where nothing that it covers is visible. */
  takeBack(
    exceptionId: string,
    actor: string,
    visibility: Visibility,
    now: Date,
  ): Promise<{ repositoryIds: string[] } & SecurityWrite>;

  findings(
    query: FindingQuery,
    visibility: Visibility,
    repositoryId?: string,
  ): Promise<FindingPage>;
  finding(
    id: string,
    visibility: Visibility,
  ): Promise<FindingDetails | undefined>;
  overview(
    repositoryId: string,
    subpath: string,
    now: Date,
  ): Promise<SecurityOverview>;
  fleet(
    options: { owner?: string; days: number; now: Date },
    visibility: Visibility,
  ): Promise<Omit<FleetSecurity, 'feeds'>>;
  components(
    repositoryId: string,
    query: ComponentQuery,
    visibility: Visibility,
  ): Promise<ComponentPage>;
  packages(query: PackageQuery, visibility: Visibility): Promise<PackagePage>;
  packageUses(
    query: PackageUsesQuery,
    visibility: Visibility,
  ): Promise<PackageUses>;
  /** Every version in use of the packages that fit, some packages at a time. */
  packageVersions(
    query: PackageVersionQuery,
    visibility: Visibility,
  ): Promise<{ items: PackageVersion[]; nextCursor: string | null }>;
  changedSince(since: number, repositoryId?: string): Promise<boolean>;
  prune(olderThan: Date): Promise<void>;
}
