import { prioritize } from '../../findings/priority';
import type { Sighting } from '../../findings/Sighting';
import type { StoredFinding } from '../../findings/StoredFinding';
import { storable, storableJson } from '../storable';
import type { FindingRow } from './rows';

/** Days until a finding is due, by severity; none where a severity is left out. */
export type DueDays = Readonly<Record<string, number | undefined>>;

/** What a row holds of a finding beside its columns. */
export interface FindingData {
  seen: Sighting;
  seenBy: string[];
  priorityReasons: string[];
  openedAt: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function toRow(
  finding: StoredFinding,
  options: { revision: number; dueDays: DueDays },
): FindingRow {
  const { seen } = finding;
  const { priority, reasons } = prioritize(seen);
  const data: FindingData = {
    seen,
    seenBy: [...finding.sightings.keys()],
    priorityReasons: reasons,
    openedAt: finding.openedAt,
  };
  return {
    id: finding.id,
    repository_id: finding.repositoryId,
    kind: seen.kind,
    rule: storable(seen.rule),
    title: storable(seen.title),
    severity: seen.severity,
    priority,
    state: finding.state,
    certain: seen.certain ? 1 : 0,
    path: storable(seen.path),
    package: seen.component && storable(packageKey(seen.component)),
    keys: storableJson(finding.keys),
    data: storableJson(data),
    search: storable(searchText(seen)),
    first_seen_at: finding.firstSeenAt,
    last_seen_at: finding.lastSeenAt,
    state_since: finding.stateSince,
    due_at: dueAt(finding, options.dueDays),
    fixed_at: finding.fixedAt,
    exception_id: finding.exceptionId,
    commit: finding.commit,
    revision: options.revision,
  };
}

export function fromRow(
  row: FindingRow,
  sightings: Map<string, Sighting>,
): StoredFinding {
  const { seen, openedAt } = readData(row);
  return {
    id: row.id,
    repositoryId: row.repository_id,
    state: row.state as StoredFinding['state'],
    keys: JSON.parse(row.keys),
    ...{ seen, sightings, openedAt },
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    stateSince: row.state_since,
    fixedAt: row.fixed_at,
    exceptionId: row.exception_id,
    commit: row.commit,
  };
}

export function readData(row: Pick<FindingRow, 'data'>): FindingData {
  return JSON.parse(row.data);
}

/** How the package of a finding is looked up. */
export function packageKey(of: { ecosystem: string; name: string }): string {
  return `${of.ecosystem}:${of.name}`;
}

function dueAt(finding: StoredFinding, dueDays: DueDays): string | null {
  const days = dueDays[finding.seen.severity];
  if (finding.state !== 'open' || days === undefined) return null;
  const due = Date.parse(finding.openedAt) + days * DAY_MS;
  return new Date(due).toISOString();
}

/** Not the path of a secret: who may not see it could guess it by searching. */
function searchText(seen: Sighting): string {
  return [
    seen.rule,
    ...seen.aliases,
    seen.title,
    seen.component?.name ?? '',
    seen.kind === 'secret' ? '' : seen.path,
  ]
    .join('\n')
    .toLocaleLowerCase('en-US')
    .slice(0, 4_000);
}
