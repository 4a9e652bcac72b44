import type { Table } from '../writeRows';

export interface RunRow {
  id: string;
  repository_id: string;
  source_id: string;
  run_id: string;
  attempt: number;
  pipeline_id: string;
  pipeline_name: string;
  number: string | null;
  title: string | null;
  state: string;
  host_state: string | null;
  at: string | null;
  branch: string | null;
  default_branch: number;
  commit: string | null;
  before_commit: string | null;
  commit_subject: string | null;
  committed_at: string | null;
  actor: string | null;
  event: string | null;
  queued_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  queue_ms: number | null;
  duration_ms: number | null;
  web_url: string | null;
  jobs: string;
  job_count: number;
  subpaths: string | null;
  requested: string | null;
  seen_at: string;
  changed_at: string;
  sort_at: string;
  doubt_at: string | null;
  revision: number;
}

export interface JobRow {
  run: string;
  job_id: string;
  position: number;
  name: string;
  state: string;
  host_state: string | null;
  at: string | null;
  queued_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  runner: string | null;
  web_url: string | null;
  has_log: number;
  steps: string;
}

export interface DeploymentRow {
  repository_id: string;
  source_id: string;
  deployment_id: string;
  environment: string;
  production: number;
  state: string;
  at: string | null;
  commit: string | null;
  committed_at: string | null;
  created_at: string;
  finished_at: string | null;
  web_url: string | null;
  revision: number;
}

export const RUNS: Table<RunRow> = {
  name: 'runs',
  key: ['id'],
  columns: {
    id: 'text',
    repository_id: 'text',
    source_id: 'text',
    run_id: 'text',
    attempt: 'integer',
    pipeline_id: 'text',
    pipeline_name: 'text',
    number: 'text',
    title: 'text',
    state: 'text',
    host_state: 'text',
    at: 'text',
    branch: 'text',
    default_branch: 'integer',
    commit: 'text',
    before_commit: 'text',
    commit_subject: 'text',
    committed_at: 'text',
    actor: 'text',
    event: 'text',
    queued_at: 'text',
    started_at: 'text',
    finished_at: 'text',
    queue_ms: 'integer',
    duration_ms: 'integer',
    web_url: 'text',
    jobs: 'text',
    job_count: 'integer',
    subpaths: 'text',
    requested: 'text',
    seen_at: 'text',
    changed_at: 'text',
    sort_at: 'text',
    doubt_at: 'text',
    revision: 'bigint',
  },
};

export const RUN_JOBS: Table<JobRow> = {
  name: 'run_jobs',
  key: ['run', 'job_id'],
  columns: {
    run: 'text',
    job_id: 'text',
    position: 'integer',
    name: 'text',
    state: 'text',
    host_state: 'text',
    at: 'text',
    queued_at: 'text',
    started_at: 'text',
    finished_at: 'text',
    runner: 'text',
    web_url: 'text',
    has_log: 'integer',
    steps: 'text',
  },
};

export const DEPLOYMENTS: Table<DeploymentRow> = {
  name: 'deployments',
  key: ['repository_id', 'source_id', 'deployment_id'],
  columns: {
    repository_id: 'text',
    source_id: 'text',
    deployment_id: 'text',
    environment: 'text',
    production: 'integer',
    state: 'text',
    at: 'text',
    commit: 'text',
    committed_at: 'text',
    created_at: 'text',
    finished_at: 'text',
    web_url: 'text',
    revision: 'bigint',
  },
};
