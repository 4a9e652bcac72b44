import type { SeverityCounts } from 'backstage-plugin-fettle-common';
import type { Table } from '../writeRows';

export interface FindingRow {
  id: string;
  repository_id: string;
  kind: string;
  rule: string;
  title: string;
  severity: string;
  priority: number;
  state: string;
  certain: number;
  path: string;
  package: string | null;
  keys: string;
  data: string;
  search: string;
  first_seen_at: string;
  last_seen_at: string;
  state_since: string;
  due_at: string | null;
  fixed_at: string | null;
  exception_id: string | null;
  commit: string | null;
  revision: number;
}

export interface ExceptionRow {
  id: string;
  as: string;
  scope: string;
  kind: string;
  rule: string;
  names: string;
  finding_id: string | null;
  repository_id: string | null;
  owner: string | null;
  covers: string;
  reason: string;
  actor: string;
  created_at: string;
  expires_at: string | null;
  ended_at: string | null;
}

export interface ScanRow {
  repository_id: string;
  scanner_id: string;
  digest: string;
  commit: string | null;
  state: string;
  reason: string | null;
  problems: string;
  scanned_at: string | null;
  attempted_at: string;
  attempt: string | null;
  failures: number;
}

export interface ComponentRow {
  repository_id: string;
  path: string;
  component_id: number;
  scanner_id: string;
  line: number | null;
  direct: number | null;
  scope: string;
  requirement: string | null;
  chain: string | null;
}

export const FINDINGS: Table<FindingRow> = {
  name: 'findings',
  columns: {
    id: 'text',
    repository_id: 'text',
    kind: 'text',
    rule: 'text',
    title: 'text',
    severity: 'text',
    priority: 'double precision',
    state: 'text',
    certain: 'integer',
    path: 'text',
    package: 'text',
    keys: 'text',
    data: 'text',
    search: 'text',
    first_seen_at: 'text',
    last_seen_at: 'text',
    state_since: 'text',
    due_at: 'text',
    fixed_at: 'text',
    exception_id: 'text',
    commit: 'text',
    revision: 'bigint',
  },
  key: ['id'],
};

export const FINDING_NAMES: Table<{ finding_id: string; name: string }> = {
  name: 'finding_names',
  columns: { finding_id: 'text', name: 'text' },
  key: ['finding_id', 'name'],
};

export const SIGHTINGS: Table<{
  finding_id: string;
  observer: string;
  report: string;
}> = {
  name: 'finding_sightings',
  columns: { finding_id: 'text', observer: 'text', report: 'text' },
  key: ['finding_id', 'observer'],
};

export const SCANS: Table<ScanRow> = {
  name: 'scans',
  columns: {
    repository_id: 'text',
    scanner_id: 'text',
    digest: 'text',
    commit: 'text',
    state: 'text',
    reason: 'text',
    problems: 'text',
    scanned_at: 'text',
    attempted_at: 'text',
    attempt: 'text',
    failures: 'integer',
  },
  key: ['repository_id', 'scanner_id'],
};

export const REPOSITORY_COMPONENTS: Table<ComponentRow> = {
  name: 'repository_components',
  columns: {
    repository_id: 'text',
    path: 'text',
    component_id: 'integer',
    scanner_id: 'text',
    line: 'integer',
    direct: 'integer',
    scope: 'text',
    requirement: 'text',
    chain: 'text',
  },
  key: ['repository_id', 'path', 'component_id', 'scanner_id'],
};

/** What the findings of a repository come to. */
export interface SecurityRollupRow extends SeverityCounts {
  repository_id: string;
  vulnerability: number;
  secret: number;
  licence: number;
  misconfiguration: number;
  threat: number;
  accepted: number;
  priority: number;
  revision: number;
}

/** What was open at the end of a day. */
export interface FindingDayRow extends SeverityCounts {
  repository_id: string;
  day: string;
  opened: number;
  fixed: number;
}

const severityColumns = {
  critical: 'integer',
  high: 'integer',
  medium: 'integer',
  low: 'integer',
  unknown: 'integer',
} as const;

export const SECURITY_ROLLUPS: Table<SecurityRollupRow> = {
  name: 'security_rollups',
  columns: {
    ...{ repository_id: 'text', ...severityColumns },
    ...{ vulnerability: 'integer', secret: 'integer', licence: 'integer' },
    ...{ misconfiguration: 'integer', threat: 'integer' },
    ...{ accepted: 'integer', priority: 'double precision' },
    revision: 'bigint',
  },
  key: ['repository_id'],
};

export const FINDING_DAYS: Table<FindingDayRow> = {
  name: 'finding_days',
  columns: {
    ...{ repository_id: 'text', day: 'text', ...severityColumns },
    ...{ opened: 'integer', fixed: 'integer' },
  },
  key: ['repository_id', 'day'],
};
