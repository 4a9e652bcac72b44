import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ChangeProposer } from '../contracts/ChangeProposer';
import type { IssueTracker } from '../contracts/IssueTracker';
import type { PlaybookStep } from '../contracts/PlaybookStep';
import type { RepositoryKeeper } from '../contracts/RepositoryKeeper';

/**
 * Adds what changes repositories on hosts. Called by modules while the backend
 * starts.
 *
 * @public
 */
export interface FettleHostChangesExtensionPoint {
  /** Throws if the id is taken. */
  addChangeProposer(proposer: ChangeProposer): void;
  /** Throws if the id is taken. */
  addRepositoryKeeper(keeper: RepositoryKeeper): void;
  /** Throws if the id is taken. */
  addIssueTracker(tracker: IssueTracker): void;
}

/** @public */
export const fettleHostChangesExtensionPoint =
  createExtensionPoint<FettleHostChangesExtensionPoint>({
    id: 'fettle.host-changes',
  });

/**
 * Adds what playbooks can do. Called by modules while the backend starts.
 *
 * @public
 */
export interface FettlePlaybookStepsExtensionPoint {
  /** Throws if the id is taken. */
  addPlaybookStep(...steps: PlaybookStep[]): void;
}

/** @public */
export const fettlePlaybookStepsExtensionPoint =
  createExtensionPoint<FettlePlaybookStepsExtensionPoint>({
    id: 'fettle.playbook-steps',
  });
