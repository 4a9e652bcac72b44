import type {
  Run,
  RunDetails,
  RunPage,
  RunQuery,
  RunState,
} from 'backstage-plugin-fettle-common';
import type {
  DeploymentReport,
  RunRef,
  RunReport,
} from 'backstage-plugin-fettle-node';
import type { StoredRepository, Visibility } from '../FettleStore';

/** What one delivery, or one answer of a host, told. */
export interface Told {
  sourceId: string;
  runs: readonly RunReport[];
  deployments: readonly DeploymentReport[];
  /** Where it came as a delivery: its row, which is brought up to date in the same transaction. */
  delivery?: {
    seq: string;
    /** Set where it told nothing, or could not be read. */
    outcome?: {
      state: 'ignored' | 'failed';
      reason: { code: string; message: string; action: string };
      /** When to try again; null for never by itself. */
      dueAt: Date | null;
    };
    /** Remotes that it named beside those of its reports. */
    remotes: readonly string[];
  };
}

/** A run's state moved, or it is new. */
export interface RunChange {
  id: string;
  repositoryId: string;
  sourceId: string;
  pipelineId: string;
  pipelineName: string;
  branch: string | null;
  defaultBranch: boolean;
  commit: string | null;
  beforeCommit: string | null;
  commitSubject: string | null;
  attempt: number;
  from: RunState | null;
  to: RunState;
}

/** What came of what was told. */
export interface Applied {
  /** Null where nothing was written. */
  revision: number | null;
  changes: RunChange[];
  /** Every repository of which a run or deployment changed. */
  repositoryIds: string[];
  /** Those that the deliveries named beside their reports. */
  named: string[];
}

/** A run together with what it takes to ask its host about it. */
export interface StoredRun {
  run: Run;
  ref: RunRef;
  sourceId: string;
}

/** A run that nothing was heard of for a while. */
export interface DoubtfulRun {
  id: string;
  repositoryId: string;
  sourceId: string;
  ref: RunRef;
  changedAt: string;
}

/** Runs, jobs and deployments, as hosts reported them. */
export interface RunStore {
  /**
   * Brings reports into force, in their order, in one transaction that draws
   * one revision. The same reports again change nothing.
   */
  apply(told: readonly Told[], now: Date): Promise<Applied>;

  list(repositoryId: string, query: RunQuery): Promise<RunPage>;
  /** Undefined if there is none or the reader may not see it. */
  get(id: string, visibility: Visibility): Promise<StoredRun | undefined>;
  details(
    stored: StoredRun,
    page: { offset: number; limit: number },
  ): Promise<RunDetails>;
  hasJob(
    runId: string,
    jobId: string,
  ): Promise<{ webUrl: string | null; hasLog: boolean } | undefined>;

  /** Whether any run (of the repository) changed after a revision. */
  changedSince(since: number, repositoryId?: string): Promise<boolean>;

  /** Notes that a person asked for it; false where that was asked for already. */
  request(
    id: string,
    what: 'rerun' | 'cancel',
    now: Date,
  ): Promise<{ revision: number } | undefined>;
  /** Takes the note back: the host refused. */
  withdraw(id: string): Promise<number | null>;

  /** What was found out about the commits of runs. */
  describe(
    id: string,
    commit: {
      subject: string | null;
      committedAt: string | null;
      subpaths: string[] | null;
    },
  ): Promise<number | null>;

  /** The runs longest in doubt. */
  doubtful(now: Date, limit: number): Promise<DoubtfulRun[]>;
  /** Asks again later, or never. `gone`: the host does not know it any more. */
  doubtAgain(
    id: string,
    at: Date | null,
    gone?: { reason: string },
  ): Promise<number | null>;

  prune(olderThan: Date): Promise<void>;
}

/** The folders of a repository that back entities, beside the root. */
export function foldersOf(repository: StoredRepository): string[] {
  return repository.subpaths.filter(subpath => subpath !== '');
}
