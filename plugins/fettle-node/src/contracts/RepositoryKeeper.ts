import type { Obstacle } from './ChangeProposer';
import type { RepositoryLocation } from './RepositorySource';

/**
 * Settings of a repository that Fettle can read and restore. What is left out
 * is not known, or not to be changed.
 *
 * @public
 */
export interface RepositorySettings {
  /** Of the default branch. */
  protection?: {
    protected?: boolean;
    /** Reviews that a change needs. */
    reviews?: number;
    /** Checks that must pass. */
    requiredChecks?: readonly string[];
    forcePushes?: boolean;
    deletions?: boolean;
  };
  deleteBranchOnMerge?: boolean;
  /** Whether issues can be opened. */
  issues?: boolean;
  wiki?: boolean;
  description?: string;
  topics?: readonly string[];
}

/**
 * Changes what is not in files: branches and settings. A module leaves out what
 * its host cannot do. Whatever cannot be done is thrown as a
 * {@link SourceError}. Each can be called again with the same arguments.
 *
 * @public
 */
export interface RepositoryKeeper {
  /** Unique among keepers, lower case with dashes. */
  readonly id: string;
  covers(location: RepositoryLocation): boolean;
  /** True for one that covers whatever no other does: it is asked last. */
  readonly fallback?: boolean;
  hostOf(location: RepositoryLocation): string;

  /** Looks, without touching anything, whether the credentials may do it. */
  check(
    location: RepositoryLocation,
    options: { signal: AbortSignal; what: 'branches' | 'settings' },
  ): Promise<Obstacle[]>;

  /**
   * Deletes a branch if it is still at that commit; one that is gone is fine.
   *
   * @throws SourceError `moved` where it is at another commit
   */
  deleteBranch?(
    location: RepositoryLocation,
    branch: { name: string; commit: string },
    options: { signal: AbortSignal },
  ): Promise<void>;

  /** Sets a branch that is gone back to where it was. */
  restoreBranch?(
    location: RepositoryLocation,
    branch: { name: string; commit: string },
    options: { signal: AbortSignal },
  ): Promise<void>;

  readSettings?(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<RepositorySettings>;

  /** Changes those that are given; all others stay. */
  applySettings?(
    location: RepositoryLocation,
    settings: RepositorySettings,
    options: { signal: AbortSignal },
  ): Promise<void>;
}
