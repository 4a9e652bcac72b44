import type {
  RepositoryAccess,
  RepositoryLocation,
  RepositorySnapshot,
} from './RepositorySource';
import type { RepositoryTree } from './RepositoryTree';
import type { FindingReport, ScanProblem } from './Scanner';

/**
 * What a detector may look at.
 *
 * @public
 */
export interface ThreatInput {
  repository: RepositoryLocation;
  /** What the source just told. It has a head. */
  snapshot: RepositorySnapshot;
  /** The newest commit of the default branch. */
  commit: string;
  /** What this detector remembered of the repository; null for the first time. */
  memory: unknown;
  /**
   * Whether the history of `commit` has the other one; undefined where the
   * source has no way to tell.
   *
   * @throws SourceError
   */
  contains(other: string): Promise<boolean | undefined>;
  /** Who may change the repository, which costs calls to its host; undefined where the source does not tell. */
  access(): Promise<RepositoryAccess | undefined>;
  /** The time of the reading. */
  now: Date;
  /** The tree at `commit`. */
  tree(): Promise<RepositoryTree>;
}

/**
 * What a detector tells.
 *
 * @public
 */
export interface ThreatReading {
  /** JSON, at most some kilobytes: what the next reading is compared with. */
  memory: unknown;
  /** All that is not as it was: what is not among them any more is fixed. */
  findings: readonly FindingReport[];
  /** What could not be compared: what was found there before stays. */
  problems?: readonly ScanProblem[];
}

/**
 * Compares a repository with what it was: a scanner sees a state, a detector a
 * change that nobody may have wanted. A threat stays open until it is undone
 * or until a person accepts it; so a detector remembers the best that it saw,
 * not the last.
 *
 * @public
 */
export interface ThreatDetector {
  /** Unique among detectors, scanners and matchers, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Raise it when the same memory and input would give another reading. */
  readonly version: number;
  /** True where only the tree counts: it is asked once for a commit. */
  readonly perCommit?: boolean;
  /** Undefined where the source does not tell what it needs, and never did: nothing is then said of the repository. */
  detect(input: ThreatInput): Promise<ThreatReading | undefined>;
}
