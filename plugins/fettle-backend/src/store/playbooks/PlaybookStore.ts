import type {
  Evidence,
  FindingKind,
  Severity,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { RunRef } from 'backstage-plugin-fettle-node';
import type { Subject, SubjectFinding } from '../../policies/subject/Subject';

/** A verdict with where it is proved. */
export interface ProvedVerdict {
  check: string;
  title: string;
  status: VerdictStatus;
  message: string;
  subpath: string;
  since: string;
  evidence: Evidence[];
}

/** A job of a run that failed. */
export interface FailedJob {
  id: string;
  name: string;
  /** The step that failed first. */
  step: string | null;
  hasLog: boolean;
}

/** How a pipeline stands on a branch. */
export interface BranchStanding {
  sourceId: string;
  pipelineId: string;
  pipeline: string;
  branch: string | null;
  defaultBranch: boolean;
  /** A newer run, or a new attempt at it, is under way or asked for. */
  underWay: boolean;
  /** The newest that succeeded or failed. */
  newest: {
    /** `runs.id`. */
    id: string;
    ref: RunRef;
    state: 'succeeded' | 'failed';
    commit: string | null;
    event: string | null;
    finishedAt: string;
  };
  /** Failed runs since the last that succeeded, among those that were looked at. */
  failures: number;
  /** When the first of them failed. */
  since: string;
  /** Of the run that succeeded before them. */
  goodCommit: string | null;
}

/** What is known of jobs of these names in a pipeline. */
export interface JobHistory {
  /** Names of jobs that succeeded at this commit, in any run or attempt. */
  passedHere: string[];
  /** How often each failed at this commit. */
  failedHere: Record<string, number>;
  /** Names of jobs that both failed and succeeded at another commit. */
  flaky: string[];
}

/** What says who a repository is, without anything that was read of it. */
export type KnownRepository = Pick<
  Subject,
  'id' | 'name' | 'host' | 'remote' | 'state' | 'entities'
>;

/** What triggers and scopes of playbooks read. Every answer is bounded. */
export interface PlaybookStore {
  /** Every repository, in the order of ids, or those of these ids. */
  repositories(): Promise<KnownRepository[]>;
  /** With scans and without verdicts, components and findings. In the order of ids. */
  subjects(ids: readonly string[]): Promise<Subject[]>;
  /** Findings that are open and not accepted, by falling priority; one more than `limit` where there are more. */
  openFindings(
    repositoryId: string,
    wanted: {
      kinds: readonly FindingKind[];
      severities: readonly Severity[];
      rules: readonly string[];
      minPriority: number;
      limit: number;
    },
  ): Promise<SubjectFinding[]>;
  /** Verdicts of these checks, or of all, in the order of checks and folders. */
  verdicts(
    repositoryId: string,
    wanted: { checks: readonly string[]; limit: number },
  ): Promise<ProvedVerdict[]>;
  /** Of each pipeline and branch that a run succeeded or failed on since then; `complete` is false where there were too many runs. */
  standings(
    repositoryId: string,
    wanted: { anyBranch: boolean; since: Date },
  ): Promise<{ standings: BranchStanding[]; complete: boolean }>;
  /** Jobs that failed in a run, in their order; at most 20. */
  failedJobs(runRowId: string): Promise<FailedJob[]>;
  jobHistory(
    repositoryId: string,
    of: {
      pipelineId: string;
      commit: string | null;
      jobs: readonly string[];
      since: Date;
    },
  ): Promise<JobHistory>;
}
