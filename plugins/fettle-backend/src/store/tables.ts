import type { Table } from './writeRows';

/** What discovery knows of a repository. */
export interface LocationRow {
  id: string;
  source_id: string;
  remote: string;
  name: string;
  name_key: string;
  host: string;
  web_url: string | null;
}

/** What a reading leaves in the row of its repository. */
export interface ReadingRow {
  id: string;
  state: string;
  reason: string | null;
  default_branch: string | null;
  head_commit: string | null;
  head_committed_at: string | null;
  head_subject: string | null;
  started_at: string | null;
  collected_at: string | null;
  attempted_at: string | null;
  failures: number;
  due_at: string;
  requested_at: string | null;
  snapshot_digest: string | null;
  changed_at: string;
  revision: number;
}

export type RepositoryRow = LocationRow & ReadingRow;

export interface ClaimRow {
  entity_ref: string;
  repository_id: string | null;
  subpath: string;
  owner: string | null;
  system: string | null;
  problem: string | null;
}

export interface SnapshotRow {
  repository_id: string;
  taken_at: string;
  commit: string | null;
  data: string;
}

export interface FactRow {
  repository_id: string;
  subpath: string;
  fact_id: string;
  version: number;
  commit: string | null;
  collected_at: string;
  value: string | null;
  problem: string | null;
}

export interface VerdictRow {
  repository_id: string;
  subpath: string;
  check_id: string;
  title: string;
  status: string;
  message: string;
  weight: number;
  points: number;
  worth: number;
  since: string;
  evidence_digest: string | null;
}

export interface EvidenceRow {
  repository_id: string;
  subpath: string;
  check_id: string;
  items: string;
  more: number;
}

export interface RollupRow {
  repository_id: string;
  subpath: string;
  score: number | null;
  up_to: number | null;
  level: string;
  pass: number;
  warn: number;
  fail: number;
  unknown: number;
  not_applicable: number;
  worst: string | null;
  evaluated_at: string;
  commit: string | null;
}

export interface ChangeRow {
  revision: number;
  repository_id: string;
  subpath: string;
  at: string;
  commit: string | null;
  from_score: number | null;
  to_score: number | null;
  from_state: string;
  to_state: string;
  verdicts: string;
}

export interface DayRow {
  repository_id: string;
  subpath: string;
  day: string;
  at: string;
  score: number | null;
  min: number | null;
  max: number | null;
}

const readingColumns = {
  id: 'text',
  state: 'text',
  reason: 'text',
  default_branch: 'text',
  head_commit: 'text',
  head_committed_at: 'text',
  head_subject: 'text',
  started_at: 'text',
  collected_at: 'text',
  attempted_at: 'text',
  failures: 'integer',
  due_at: 'text',
  requested_at: 'text',
  snapshot_digest: 'text',
  changed_at: 'text',
  revision: 'bigint',
} as const;

const locationColumns = {
  id: 'text',
  source_id: 'text',
  remote: 'text',
  name: 'text',
  name_key: 'text',
  host: 'text',
  web_url: 'text',
} as const;

/** The repositories, as far as discovery writes them. */
export const LOCATIONS: Table<LocationRow> = {
  name: 'repositories',
  columns: locationColumns,
  key: ['id'],
};

/** The repositories, as far as a reading writes them. */
export const READINGS: Table<ReadingRow> = {
  name: 'repositories',
  columns: readingColumns,
  key: ['id'],
};

export const REPOSITORIES: Table<RepositoryRow> = {
  name: 'repositories',
  columns: {
    ...locationColumns,
    ...readingColumns,
  },
  key: ['id'],
};

export const CLAIMS: Table<ClaimRow> = {
  name: 'entity_claims',
  columns: {
    entity_ref: 'text',
    repository_id: 'text',
    subpath: 'text',
    owner: 'text',
    system: 'text',
    problem: 'text',
  },
  key: ['entity_ref'],
};

export const SNAPSHOTS: Table<SnapshotRow> = {
  name: 'snapshots',
  columns: {
    repository_id: 'text',
    taken_at: 'text',
    commit: 'text',
    data: 'text',
  },
  key: ['repository_id', 'taken_at'],
};

export const FACTS: Table<FactRow> = {
  name: 'facts',
  columns: {
    repository_id: 'text',
    subpath: 'text',
    fact_id: 'text',
    version: 'integer',
    commit: 'text',
    collected_at: 'text',
    value: 'text',
    problem: 'text',
  },
  key: ['repository_id', 'subpath', 'fact_id'],
};

export const VERDICTS: Table<VerdictRow> = {
  name: 'verdicts',
  columns: {
    repository_id: 'text',
    subpath: 'text',
    check_id: 'text',
    title: 'text',
    status: 'text',
    message: 'text',
    weight: 'double precision',
    points: 'double precision',
    worth: 'double precision',
    since: 'text',
    evidence_digest: 'text',
  },
  key: ['repository_id', 'subpath', 'check_id'],
};

export const EVIDENCE: Table<EvidenceRow> = {
  name: 'verdict_evidence',
  columns: {
    repository_id: 'text',
    subpath: 'text',
    check_id: 'text',
    items: 'text',
    more: 'integer',
  },
  key: ['repository_id', 'subpath', 'check_id'],
};

export const ROLLUPS: Table<RollupRow> = {
  name: 'rollups',
  columns: {
    repository_id: 'text',
    subpath: 'text',
    score: 'double precision',
    up_to: 'double precision',
    level: 'text',
    pass: 'integer',
    warn: 'integer',
    fail: 'integer',
    unknown: 'integer',
    not_applicable: 'integer',
    worst: 'text',
    evaluated_at: 'text',
    commit: 'text',
  },
  key: ['repository_id', 'subpath'],
};

export const CHANGES: Table<ChangeRow> = {
  name: 'history_changes',
  columns: {
    revision: 'bigint',
    repository_id: 'text',
    subpath: 'text',
    at: 'text',
    commit: 'text',
    from_score: 'double precision',
    to_score: 'double precision',
    from_state: 'text',
    to_state: 'text',
    verdicts: 'text',
  },
  key: ['revision', 'repository_id', 'subpath'],
};

export const DAYS: Table<DayRow> = {
  name: 'history_days',
  columns: {
    repository_id: 'text',
    subpath: 'text',
    day: 'text',
    at: 'text',
    score: 'double precision',
    min: 'double precision',
    max: 'double precision',
  },
  key: ['repository_id', 'subpath', 'day'],
};
