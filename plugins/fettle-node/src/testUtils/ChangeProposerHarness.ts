import type {
  ChangeProposer,
  ProposedChange,
} from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import type { ChangeableRepository } from './ScriptedRepository';

/**
 * What a test of a proposer must be able to do with it.
 *
 * @public
 */
export interface ChangeProposerHarness {
  proposer: ChangeProposer;
  /** The address by which Fettle's commits are known. */
  email: string;
  /** Makes an empty repository; `name` is for example `payments/ledger`. */
  create(name: string): Promise<ChangeableRepository>;
  /** Closes a change as a person does, without merging it. */
  close(location: RepositoryLocation, change: ProposedChange): Promise<void>;
  /** Merges a change as a person does. */
  merge(location: RepositoryLocation, change: ProposedChange): Promise<void>;
  /** How many changes of a branch there are, whatever their state. */
  count(location: RepositoryLocation, branch: string): Promise<number>;
  /**
   * Lets so many requests that write through, and breaks those that follow off
   * after they were done; until it is called with undefined. Left out where
   * there is only one.
   */
  breakAfter?(writes: number | undefined): void;
  dispose(): Promise<void>;
}
