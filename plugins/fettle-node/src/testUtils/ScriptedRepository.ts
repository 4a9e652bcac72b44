import type { RepositoryLocation } from '../contracts/RepositorySource';
import type { MemoryFile } from './MemoryTree';

/**
 * One commit, as a test asks for it.
 *
 * @public
 */
export interface ScriptedCommit {
  /**
   * Paths as a tree shows them (`\xNN` is a byte) with their new content; `null`
   * deletes. What is not named stays as it was.
   */
  files?: Readonly<Record<string, MemoryFile | null>>;
  /** Default `main`. A new branch starts at the default branch. */
  branch?: string;
  /** ISO 8601. */
  at: string;
  author?: { name: string; email: string };
  message?: string;
  /** A branch that this commit merges. */
  merge?: string;
}

/**
 * A repository that a test can change, in memory or on a real host.
 *
 * @public
 */
export interface ScriptedRepository {
  readonly location: RepositoryLocation;
  /** Returns the commit's id. */
  commit(commit: ScriptedCommit): Promise<string>;
  /** The branch need not exist. */
  setDefaultBranch(branch: string): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  /** Deletes the whole repository. */
  remove(): Promise<void>;
}

/**
 * What a commit is, as the repository itself has it.
 *
 * @public
 */
export interface CommitContents {
  parents: readonly string[];
  message: string;
  /** Of its author. */
  email: string;
  files: Readonly<Record<string, MemoryFile>>;
}

/**
 * A repository in which a test can look at what was done to it.
 *
 * @public
 */
export interface ChangeableRepository extends ScriptedRepository {
  /** The commit of a branch; empty where there is no such branch. */
  find(branch: string): string;
  read(commit: string): CommitContents;
}
