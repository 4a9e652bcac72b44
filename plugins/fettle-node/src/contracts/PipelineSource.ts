import type { RepositoryLocation } from './RepositorySource';
import type { DeploymentReport, RunReport } from './reports';

/**
 * A run as its host knows it.
 *
 * @public
 */
export interface RunRef {
  runId: string;
  attempt: number;
  pipelineId: string;
}

/**
 * What every question to a host takes.
 *
 * @public
 */
export interface AskOptions {
  signal: AbortSignal;
}

/**
 * The end of a log.
 *
 * @public
 */
export interface LogTailReading {
  /** As the host has it, at most `maxBytes` of UTF-8 from the end. */
  text: string;
  /** Whether there is more before it. */
  truncated: boolean;
}

/**
 * Asks a host or CI for runs, and tells it what to do with them. What a source
 * cannot do it leaves out. Its requests go through
 * {@link CallBudgets}: what a person asked for with `person`, all else with
 * `routine`.
 *
 * Whatever cannot be answered is thrown as a {@link SourceError}: `not-found`
 * for a run, job or log that is gone, `unauthorized` for a missing right,
 * `rate-limited` where the host asks to wait.
 *
 * @public
 */
export interface PipelineSource {
  /** That of its {@link DeliverySource}, if it has one: runs belong to this id. */
  readonly id: string;
  readonly title: string;

  /** Whether it can be asked about this repository. Pure. */
  covers(location: RepositoryLocation): boolean;

  /** The host that is asked about this repository, as its budget is called. */
  hostOf(location: RepositoryLocation): string;

  /**
   * Runs that changed since then, newest first, without jobs where those cost
   * a request each. At most 300: `complete` says whether that was all.
   */
  listRuns?(
    location: RepositoryLocation,
    options: AskOptions & { since: Date },
  ): Promise<{ runs: RunReport[]; complete: boolean }>;

  /**
   * Deployments that changed since then, newest first, as they stand now. At
   * most 300: `complete` says whether that was all. Asked after `listRuns`;
   * `unauthorized` says that only this right is missing.
   */
  listDeployments?(
    location: RepositoryLocation,
    options: AskOptions & { since: Date },
  ): Promise<{ deployments: DeploymentReport[]; complete: boolean }>;

  /** One run as it is now, with all jobs and steps. */
  readRun?(
    location: RepositoryLocation,
    run: RunRef,
    options: AskOptions,
  ): Promise<RunReport>;

  /** The tail of a job's log. A log of any size costs at most `maxBytes` of memory. */
  readLog?(
    location: RepositoryLocation,
    run: RunRef,
    jobId: string,
    options: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading>;

  /** Asks for the run, or only its failed jobs, to be done again. Resolves when the host has accepted. */
  rerun?(
    location: RepositoryLocation,
    run: RunRef,
    options: AskOptions & { failedOnly: boolean },
  ): Promise<void>;
  /** Whether `rerun` can be limited to failed jobs. */
  readonly rerunsFailed?: boolean;

  /** Asks for the run to be ended. Resolves when the host has accepted. */
  cancel?(
    location: RepositoryLocation,
    run: RunRef,
    options: AskOptions,
  ): Promise<void>;
}
