import type { CommitAdditions } from './RepositoryHistory';
import type { RepositoryTree } from './RepositoryTree';

/**
 * Where a repository is.
 *
 * @public
 */
export interface RepositoryLocation {
  /**
   * The address by which the repository is known, one for one repository: host
   * in lower case, no credentials, no trailing `/` or `.git` (for example
   * `https://git.example.com/payments/ledger`, `file:///srv/git/ledger`). Two
   * sources that mean the same repository give the same remote.
   */
  remote: string;
  /** For people: the path on the host, or the folder's name. */
  name: string;
  /** `localhost` for folders. */
  host: string;
  /** The repository's page on its host, if it has one. */
  webUrl?: string;
}

/**
 * What an entity's annotations say about its repository.
 *
 * @public
 */
export type EntityLocation =
  | { location: RepositoryLocation; /** `''` is the root. */ subpath: string }
  | {
      /** The annotation cannot be used: what is wrong with it, naming its key, and what would be right. */
      problem: { message: string; action: string };
    };

/**
 * The part of a catalog entity that says where its repository is.
 *
 * @public
 */
export interface AnnotatedEntity {
  entityRef: string;
  annotations: Readonly<Record<string, string>>;
}

/**
 * One branch.
 *
 * @public
 */
export interface BranchSnapshot {
  name: string;
  commit: string;
  /** ISO 8601, UTC. */
  committedAt: string;
  /** Whether the default branch contains it; undefined where that is not known. */
  merged?: boolean;
}

/**
 * What is true of a repository at one commit and one time.
 *
 * @public
 */
export interface RepositorySnapshot {
  /** Null where the repository has none, or names one that does not exist. */
  defaultBranch: string | null;
  /** The newest commit of the default branch; null where there is none to judge. */
  head: {
    commit: string;
    /** ISO 8601, UTC. */
    committedAt: string;
    author: string;
    /** First line of the message, at most 200 characters. */
    subject: string;
  } | null;
  /** Why there is no head: says what was found (no commit at all, no default branch). */
  headless?: { message: string; action: string };
  /** At most 1,000, most recently committed first. */
  branches: BranchSnapshot[];
  branchCount: number;
  /** Commits on the default branch in the last 90 days and who wrote them; undefined where the history is cut (shallow). */
  recent?: { commits: number; authors: number };
  /** True where the source holds only a part of the history. */
  shallow: boolean;
  /** Open pull or merge requests; left out where the source does not know. */
  openChanges?: {
    count: number;
    /** When the oldest was opened, ISO 8601; null where there is none. */
    oldestAt: string | null;
  };
  /** How the default branch is protected; left out where the source may not or cannot see it. */
  protection?: {
    protected: boolean;
    /** Reviews that a change needs. */
    reviews?: number;
    /** Checks that must pass. */
    requiredChecks?: string[];
    forcePushes?: boolean;
    deletions?: boolean;
  };
  /** The host says that nothing will be written to it any more. */
  archived?: boolean;
}

/**
 * Who may change a repository. A list is left out where the source may not see
 * all of it.
 *
 * @public
 */
export interface RepositoryAccess {
  /** People who may change its settings, directly or through a group as far as the host lists those. */
  maintainers?: readonly {
    /** That of the host: it stays when the name changes. */
    id: string;
    name: string;
    /** As the host calls it. */
    level: string;
  }[];
  /** Keys of machines, without the keys themselves. */
  deployKeys?: readonly { id: string; title: string; canWrite: boolean }[];
}

/**
 * One commit, as its repository tells of it.
 *
 * @public
 */
export interface CommitReading {
  /** First line of the message, at most 200 characters. */
  subject: string;
  author: string;
  /** ISO 8601, UTC. */
  committedAt: string;
  /** Files that differ from `since`, or else from its first parent; at most 3,000. */
  paths: string[];
  /** Of which it was made, the one it was merged into first; left out where the source cannot tell. */
  parents?: readonly string[];
  /** False where there are more paths, or where the history needed is not there. */
  complete: boolean;
}

/**
 * Finds repositories and reads them. The first capability of a host.
 *
 * Whatever cannot be answered is thrown as a {@link SourceError}. A source
 * never executes anything that a repository contains.
 *
 * @public
 */
export interface RepositorySource {
  /** Unique among sources, lower case with dashes. */
  readonly id: string;

  /** True for a source that reads whatever no other does: it is asked last. */
  readonly fallback?: boolean;

  /**
   * Where the entity's repository is, from annotations that this source
   * understands; undefined if there are none. Pure, called for each entity.
   */
  locate(entity: AnnotatedEntity): EntityLocation | undefined;

  /**
   * The repositories that this source knows without the catalog, from config
   * or from its host. What cannot be listed goes into `problems`, and what was
   * found before stays.
   */
  discover(options: { signal: AbortSignal }): Promise<{
    repositories: RepositoryLocation[];
    problems: { where: string; message: string; action: string }[];
  }>;

  /** Whether this source can read the repository. The first source that says so does. */
  reads(location: RepositoryLocation): boolean;

  /** Looks at the remote. Called when something may have changed. */
  snapshot(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<RepositorySnapshot>;

  /** The tree at a commit that a snapshot named. */
  readTree(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal },
  ): Promise<RepositoryTree>;

  /**
   * The page of a file at a commit on the host, at a line of it; undefined
   * where it has none. Pure, called for each place that is shown: whatever the
   * path and the commit hold, nothing of it leads out of the repository. A
   * source whose repositories have no pages (a folder) leaves it out.
   */
  fileUrl?(
    location: RepositoryLocation,
    commit: string,
    path: string,
    options?: { /** First line is 1. */ line?: number },
  ): string | undefined;

  /**
   * One commit and the files it touched, for those commits whose runs a
   * monorepo's entities ask for. A source that cannot tell leaves it out.
   *
   * @throws SourceError `moved` where the commit is not there
   */
  readCommit?(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal; since?: string },
  ): Promise<CommitReading>;

  /**
   * What each commit of the history of `commit` added, parents before their
   * children; with `since` only of those that its history does not have. A
   * source that has no histories leaves it out.
   *
   * @throws SourceError `moved` where a commit is not there, or `since` is no
   * ancestor of `commit` (a force push): read it whole
   */
  readHistory?(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal; since?: string },
  ): AsyncIterable<CommitAdditions>;

  /**
   * Whether the history of `commit` has `other`: false where it was rewritten.
   * A source that cannot tell leaves it out.
   *
   * @throws SourceError `moved` where `commit` is not there
   */
  contains?(
    location: RepositoryLocation,
    commit: string,
    other: string,
    options: { signal: AbortSignal },
  ): Promise<boolean>;

  /**
   * Who may change the repository. A source that has nobody of its own (a
   * folder) leaves it out.
   */
  readAccess?(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<RepositoryAccess>;

  /**
   * Tells of changes as they happen, where the source can see them (a local
   * folder). Called again with the whole list when it changes; `onChange` may
   * be called too often, never too late. A source that is only told from
   * outside leaves it out.
   */
  watch?(
    locations: readonly RepositoryLocation[],
    onChange: (location: RepositoryLocation) => void,
  ): Promise<void>;

  /** Stops watching and ends what still runs. */
  close?(): Promise<void>;
}
