import type {
  RepositoryLocation,
  RepositorySnapshot,
  RepositoryTree,
  StepEntity,
  StepHost,
  StepProblem,
} from 'backstage-plugin-fettle-node';
import type { LoadedPlaybook } from '../../playbooks/LoadedPlaybook';
import type { Lookups } from './Lookups';

/** What a plan is made from; it depends on nothing else. */
export interface PlanInput {
  playbook: LoadedPlaybook;
  repository: RepositoryLocation;
  entities: readonly StepEntity[];
  problems: readonly StepProblem[];
  host: StepHost;
  snapshot: RepositorySnapshot;
  /** At the head of the snapshot. */
  tree: RepositoryTree;
  lookups: Lookups;
  now: Date;
  signal: AbortSignal;
  /** One step may take this long. */
  stepMs: number;
}
