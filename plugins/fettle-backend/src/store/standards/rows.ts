import type { DriftState, OptOut } from 'backstage-plugin-fettle-common';
import type { Table } from '../writeRows';
import type { StoredDrift } from './StandardStore';

export interface DriftRow {
  repository_id: string;
  standard_id: string;
  version: string;
  applied_version: string | null;
  state: string;
  detail: string;
  since: string;
  checked_at: string;
  commit: string | null;
}

export interface OptOutRow {
  repository_id: string;
  standard_id: string;
  reason: string;
  actor: string;
  created_at: string;
  expires_at: string;
}

export interface BaseRow {
  repository_id: string;
  standard_id: string;
  path: string;
  content: string;
}

export const DRIFTS: Table<DriftRow> = {
  name: 'standard_drifts',
  columns: {
    ...{ repository_id: 'text', standard_id: 'text', version: 'text' },
    ...{ applied_version: 'text', state: 'text', detail: 'text' },
    ...{ since: 'text', checked_at: 'text', commit: 'text' },
  },
  key: ['repository_id', 'standard_id'],
};

export const BASES: Table<BaseRow> = {
  name: 'standard_bases',
  columns: {
    ...{ repository_id: 'text', standard_id: 'text' },
    ...{ path: 'text', content: 'text' },
  },
  key: ['repository_id', 'standard_id', 'path'],
};

export function toOptOut(row: OptOutRow): OptOut {
  return {
    ...{ reason: row.reason, actor: row.actor },
    ...{ createdAt: row.created_at, expiresAt: row.expires_at },
  };
}

/** One that ran out counts no more. */
export function toDrift(
  row: DriftRow,
  optOut: OptOutRow | undefined,
  now: Date,
): StoredDrift {
  const holds = optOut && optOut.expires_at > now.toISOString();
  return {
    repositoryId: row.repository_id,
    standardId: row.standard_id,
    version: row.version,
    appliedVersion: row.applied_version,
    state: holds ? 'exempt' : (row.state as DriftState),
    ...JSON.parse(row.detail),
    optOut: holds ? toOptOut(optOut) : null,
    checkedAt: row.checked_at,
    commit: row.commit,
  };
}
