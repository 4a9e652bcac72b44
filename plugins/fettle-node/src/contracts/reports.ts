import type { RunState } from 'backstage-plugin-fettle-common';

/**
 * Which repository a report is about.
 *
 * @public
 */
export interface ReportedRepository {
  /** Canonical remote, as {@link RepositoryLocation.remote}. */
  remote: string;
  /** The host's own id of the repository, which survives renaming, unique for the source and host. */
  key?: string;
}

/**
 * What a host said of a step.
 *
 * @public
 */
export interface StepReport {
  number: number;
  name: string;
  state: RunState;
  hostState?: string;
  /** ISO 8601. */
  startedAt?: string;
  finishedAt?: string;
}

/**
 * What a host said of a job. What is left out is not known, and what was known
 * before stays.
 *
 * @public
 */
export interface JobReport {
  /** The host's id, unique in its run and attempt. */
  id: string;
  name: string;
  /** When it was so, by the host's clock, ISO 8601; as {@link RunReport.at}. */
  at?: string;
  state: RunState;
  hostState?: string;
  queuedAt?: string;
  startedAt?: string;
  finishedAt?: string;
  runner?: string;
  webUrl?: string;
  /** All its steps, as they are now. */
  steps?: StepReport[];
  /** Whether its log can be read through the source. */
  hasLog?: boolean;
}

/**
 * What a host said of a run at one time. Reports may come twice, late and in
 * any order: the newest by `at` stands, of two with the same time the one
 * further on, and a run that has finished stays so. What is left out is not
 * known, and what was known before stays.
 *
 * @public
 */
export interface RunReport {
  repository: ReportedRepository;
  /** `id` is stable when the pipeline is renamed, where the host has such an id; else its file or name. */
  pipeline: { id: string; name?: string };
  /** The host's id of the run, unique in its repository. */
  runId: string;
  /** 1 is the first, and the default. Each attempt is a run of its own. */
  attempt?: number;
  /** When it was so, by the host's clock, ISO 8601. */
  at?: string;
  /** Left out by a report that is only about jobs. */
  state?: RunState;
  /** The host's own word, where `state` does not say it all. */
  hostState?: string;
  /** True where the host runs finished runs again without counting attempts: a later report may then reopen it. */
  mayReopen?: boolean;
  number?: string;
  title?: string;
  branch?: string;
  commit?: string;
  /** The commit before those that the run is about, where the event says so. */
  before?: string;
  /** First line of the commit's message. */
  commitSubject?: string;
  committedAt?: string;
  actor?: string;
  event?: string;
  queuedAt?: string;
  startedAt?: string;
  finishedAt?: string;
  webUrl?: string;
  /** Jobs that it speaks of. */
  jobs?: JobReport[];
  /** True where `jobs` are all jobs: others are dropped. */
  allJobs?: boolean;
}

/**
 * What a host said of a deployment at one time. Order and absence as in
 * {@link RunReport}.
 *
 * @public
 */
export interface DeploymentReport {
  repository: ReportedRepository;
  /** The host's id, unique in its repository. */
  id: string;
  /** For example `production`. */
  environment: string;
  /** Whether the host calls the environment production; left out where it does not say. */
  production?: boolean;
  at?: string;
  state: 'pending' | 'running' | 'succeeded' | 'failed' | 'rolled-back';
  commit?: string;
  committedAt?: string;
  /** ISO 8601. */
  createdAt?: string;
  finishedAt?: string;
  webUrl?: string;
}
