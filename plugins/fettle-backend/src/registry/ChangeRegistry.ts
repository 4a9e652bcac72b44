import type {
  ChangeProposer,
  FettleHostChangesExtensionPoint,
  FettlePlaybookStepsExtensionPoint,
  IssueTracker,
  PlaybookStep,
  RepositoryKeeper,
  RepositoryLocation,
  StepHost,
} from 'backstage-plugin-fettle-node';
import { add } from './add';
import type { Registry } from './Registry';

/** What modules have added to change repositories, by id. */
export class ChangeRegistry
  implements FettleHostChangesExtensionPoint, FettlePlaybookStepsExtensionPoint
{
  readonly proposers = new Map<string, ChangeProposer>();
  readonly keepers = new Map<string, RepositoryKeeper>();
  readonly trackers = new Map<string, IssueTracker>();
  readonly steps = new Map<string, PlaybookStep>();

  addChangeProposer(proposer: ChangeProposer): void {
    add(this.proposers, 'change proposer', proposer.id, proposer);
  }

  addRepositoryKeeper(keeper: RepositoryKeeper): void {
    add(this.keepers, 'repository keeper', keeper.id, keeper);
  }

  addIssueTracker(tracker: IssueTracker): void {
    add(this.trackers, 'issue tracker', tracker.id, tracker);
  }

  addPlaybookStep(...steps: PlaybookStep[]): void {
    for (const step of steps) add(this.steps, 'playbook step', step.id, step);
  }

  /** Who can change this repository. */
  hostOf(
    location: RepositoryLocation,
    { pipelines }: Pick<Registry, 'pipelines'>,
  ): StepHost {
    return {
      changes: first(this.proposers, location),
      keeper: first(this.keepers, location),
      issues: first(this.trackers, location),
      pipelines: first(pipelines, location),
    };
  }
}

/** Those that cover everything are asked last. */
function first<
  T extends {
    covers(location: RepositoryLocation): boolean;
    readonly fallback?: boolean;
  },
>(all: ReadonlyMap<string, T>, location: RepositoryLocation): T | undefined {
  const covering = [...all.values()].filter(one => one.covers(location));
  return covering.find(({ fallback }) => !fallback) ?? covering[0];
}
