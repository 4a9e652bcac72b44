import type { Table } from '../writeRows';

export interface ResultRow {
  repository_id: string;
  policy_id: string;
  status: string;
  message: string;
  detail: string;
  since: string;
  notified_at: string | null;
}

export interface PolicyEventRow {
  repository_id: string;
  policy_id: string;
  at: string;
  from: string | null;
  to: string | null;
  message: string;
  commit: string | null;
}

export interface StateRow {
  repository_id: string;
  digest: string;
  seen_revision: number;
  evaluated_at: string;
  due_at: string;
  commit: string | null;
  revision: number;
}

export const RESULTS: Table<ResultRow> = {
  name: 'policy_results',
  columns: {
    repository_id: 'text',
    policy_id: 'text',
    status: 'text',
    message: 'text',
    detail: 'text',
    since: 'text',
    notified_at: 'text',
  },
  key: ['repository_id', 'policy_id'],
};

export const STATES: Table<StateRow> = {
  name: 'policy_states',
  columns: {
    repository_id: 'text',
    digest: 'text',
    seen_revision: 'bigint',
    evaluated_at: 'text',
    due_at: 'text',
    commit: 'text',
    revision: 'bigint',
  },
  key: ['repository_id'],
};
