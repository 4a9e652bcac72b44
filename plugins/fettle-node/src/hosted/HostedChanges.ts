import type { Obstacle, ProposedChange } from '../contracts/ChangeProposer';
import type { HostedEntry } from './HostedEntry';

/**
 * A commit as its host tells of it.
 *
 * @public
 */
export interface HostedCommit {
  id: string;
  message: string;
  /** Of its author, and of its committer where hosts let that be chosen. */
  emails: readonly string[];
}

/**
 * A pull or merge request.
 *
 * @public
 */
export interface HostedRequest
  extends Omit<ProposedChange, 'checks' | 'review' | 'edited' | 'endedByUs'> {
  body: string;
  /** The commit that its own commits are counted from; its base where that is not told. */
  from: string;
}

/**
 * One file of a commit that is to be made on a host.
 *
 * @public
 */
export interface HostedEdit {
  path: string;
  /** What is there now. */
  before: HostedEntry | undefined;
  /** Null deletes it. */
  content: Buffer | null;
  executable: boolean;
}

/**
 * What is asked of a host's API to propose changes of one repository: all that
 * differs between hosts. What is not there is undefined, everything else that
 * is wrong a `SourceError`.
 *
 * @public
 */
export interface HostedChanges {
  /** Addresses with which Fettle's own commits are written there. */
  readonly own: readonly string[];

  obstacles(options: { merge: boolean }): Promise<Obstacle[]>;

  /** The commit of a branch. */
  head(branch: string): Promise<string | undefined>;

  /** Whether the history of `commit` has `other`; false too where `other` is not there. */
  contains(commit: string, other: string): Promise<boolean>;

  /** The commit where the histories of two branches or commits part. */
  mergeBase(base: string, head: string): Promise<string>;

  /** Commits of `head` that `from` has not: at most some hundred, the newest. */
  commits(from: string, head: string): Promise<HostedCommit[]>;

  /** All files of a commit. */
  list(commit: string): Promise<readonly HostedEntry[]>;

  /** The content of a file of that commit, byte for byte. */
  read(commit: string, entry: HostedEntry): Promise<Buffer>;

  /**
   * Makes one commit. Without `onto` its branch is new and starts at `parent`;
   * else it follows `onto`, the present head, and is refused where that moved.
   */
  commit(options: {
    branch: string;
    parent: string;
    onto?: string;
    edits: readonly HostedEdit[];
    message: string;
  }): Promise<string>;

  /** The newest request of a branch, whatever its state. */
  newest(branch: string): Promise<HostedRequest | undefined>;

  /** The request with this id. */
  request(id: string): Promise<HostedRequest>;

  /** Opens a request; one that is open already may be refused as `invalid`. */
  propose(options: {
    branch: string;
    base: string;
    title: string;
    body: string;
  }): Promise<void>;

  /** @throws SourceError `moved` where the head is another one, `failed` where the host refuses */
  merge(id: string, headCommit: string, message: string): Promise<void>;

  /** Closes it with its new description and a comment. */
  close(id: string, body: string, comment: string): Promise<void>;

  /** Deletes a branch that is at this commit. */
  deleteBranch(name: string, commit: string): Promise<void>;

  checks(request: HostedRequest): Promise<ProposedChange['checks']>;

  review(request: HostedRequest): Promise<ProposedChange['review']>;

  /** The message of a commit of the base. */
  message(commit: string): Promise<string>;

  requestReview(id: string, reviewers: readonly string[]): Promise<void>;
}
