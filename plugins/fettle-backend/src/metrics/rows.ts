/** A finished run, as far as metrics look at it. Times are ISO 8601, UTC. */
export interface RunSample {
  repositoryId: string;
  pipelineId: string;
  state: string;
  defaultBranch: boolean;
  commit: string | null;
  finishedAt: string;
  durationMs: number | null;
  queueMs: number | null;
}

/** A deployment to production. */
export interface DeploymentSample {
  repositoryId: string;
  environment: string;
  commit: string | null;
  state: string;
  committedAt: string | null;
  finishedAt: string;
}
