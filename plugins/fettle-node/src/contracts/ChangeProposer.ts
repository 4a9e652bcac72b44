import type { RepositoryLocation } from './RepositorySource';

/**
 * One file of a change. A file that exists keeps its mode.
 *
 * @public
 */
export interface FileEdit {
  /** From the root, `/` between parts. */
  path: string;
  /** The whole new text; null deletes the file. */
  content: string | null;
  /** Of a file that is new. Default false. */
  executable?: boolean;
}

/**
 * What is to be proposed. The same request again finds what the first one did.
 *
 * @public
 */
export interface ChangeRequest {
  /** The branch of the change, which belongs to Fettle: `fettle/…`, and says by its name which plan it is. */
  branch: string;
  /** The branch that it is for. */
  base: string;
  /**
   * The commit of `base` that the files were made for: the parent of the new
   * commit. A branch that is there already gets a commit that follows.
   */
  baseCommit: string;
  files: readonly FileEdit[];
  /** One line: of the commit and of the change. */
  title: string;
  /** Markdown, without outside strings that were not escaped. */
  body: string;
  /** Unique for this plan; kept in the change so that it is found again. */
  marker: string;
}

/**
 * A change as its host knows it now.
 *
 * @public
 */
export interface ProposedChange {
  /** As the host calls it: a number, or the branch where there is none. */
  id: string;
  /** Its page on the host. */
  url?: string;
  branch: string;
  base: string;
  headCommit: string;
  state: 'open' | 'merged' | 'closed';
  /**
   * What CI says of its head; `none` where nothing ran (yet), `unknown` where
   * the host does not tell: then the runs that Fettle knows of that commit do.
   */
  checks: 'none' | 'pending' | 'passed' | 'failed' | 'unknown';
  /** What reviewers say. */
  review: 'none' | 'approved' | 'changes-requested' | 'unknown';
  /** False where it conflicts with its base; undefined where the host does not know (yet). */
  mergeable?: boolean;
  /** True where its branch has commits that are not Fettle's: someone edits it. */
  edited: boolean;
  /** When it is merged: the commit on `base`. */
  mergeCommit?: string;
  /** Who merged or closed it, as the host calls them; undefined where that is not known. */
  endedBy?: string;
  /** True where that was Fettle. */
  endedByUs?: boolean;
  /** ISO 8601. */
  openedAt?: string;
  endedAt?: string;
}

/**
 * What stands in the way of a change, found before anything is touched.
 *
 * @public
 */
export interface Obstacle {
  /** For example `no-right`, `archived`, `protected`, `tool-missing`. */
  code: string;
  /** What happened, to which repository. */
  message: string;
  /** What to do, in the imperative. */
  action: string;
}

/**
 * Proposes changes of files: a branch, and a pull request where the host has
 * them. Its requests go through the host's budget. Whatever cannot be done is
 * thrown as a {@link SourceError}.
 *
 * Every method can be called again with the same arguments, also after a crash
 * in its middle, and then finds what was done. No branch that is not Fettle's
 * own is ever pushed by force.
 *
 * @public
 */
export interface ChangeProposer {
  /** Unique among proposers, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Whether it can propose changes of this repository. Pure. The first that says so does. */
  covers(location: RepositoryLocation): boolean;
  /** True for one that covers whatever no other does: it is asked last. */
  readonly fallback?: boolean;
  /** As the host's budget is called. */
  hostOf(location: RepositoryLocation): string;

  /** Looks, without touching anything, whether a change could be opened, and merged where that is asked. */
  check(
    location: RepositoryLocation,
    options: { signal: AbortSignal; merge: boolean },
  ): Promise<Obstacle[]>;

  /**
   * Opens the change, or brings its branch to these files where it is open and
   * has only Fettle's commits.
   *
   * @throws SourceError `moved` where `baseCommit` is not in `base` any more
   */
  open(
    location: RepositoryLocation,
    request: ChangeRequest,
    options: { signal: AbortSignal },
  ): Promise<ProposedChange>;

  /** The newest change of this branch, whatever its state. */
  find(
    location: RepositoryLocation,
    branch: string,
    options: { signal: AbortSignal },
  ): Promise<ProposedChange | undefined>;

  /**
   * Merges it if its head is still that commit; one that is merged already is
   * given as it is.
   *
   * @throws SourceError `moved` where the head is another one, `failed` where the host refuses
   */
  merge(
    location: RepositoryLocation,
    change: { branch: string; id: string; headCommit: string },
    options: { signal: AbortSignal },
  ): Promise<ProposedChange>;

  /** Closes it with a word to its readers, and deletes its branch where that has only Fettle's commits. */
  close(
    location: RepositoryLocation,
    change: { branch: string; id: string; comment: string },
    options: { signal: AbortSignal },
  ): Promise<ProposedChange>;

  /** Asks people or teams, as the host calls them, to review it. Left out where the host has no reviews. */
  requestReview?(
    location: RepositoryLocation,
    change: { branch: string; id: string; reviewers: readonly string[] },
    options: { signal: AbortSignal },
  ): Promise<void>;
}
