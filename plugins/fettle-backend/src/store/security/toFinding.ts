import type { Finding } from 'backstage-plugin-fettle-common';
import { toException } from './exceptions';
import { readData } from './findingRows';
import type { SeenPlace } from './loadPlaces';
import type { ExceptionRow, FindingRow } from './rows';

/** Where a row says that something is; what is fixed is nowhere. */
export function placeOf(row: FindingRow): SeenPlace {
  const { seen, seenBy } = readData(row);
  return {
    ...{ repositoryId: row.repository_id, observers: seenBy },
    seen: row.state === 'fixed' ? { ...seen, path: '' } : seen,
  };
}

/** A row as readers see it; where it is may still have to be hidden. */
export function toFinding(
  row: FindingRow,
  { exception, url }: { exception?: ExceptionRow; url: string | null },
): Finding {
  const { seen, seenBy, priorityReasons } = readData(row);
  return {
    id: row.id,
    repositoryId: row.repository_id,
    kind: seen.kind,
    rule: seen.rule,
    aliases: seen.aliases,
    title: seen.title,
    severity: seen.severity,
    cvss: seen.cvss,
    priority: Number(row.priority),
    priorityReasons,
    state: row.state as Finding['state'],
    certain: row.certain === 1,
    path: seen.path === '' ? null : seen.path,
    line: seen.line,
    url,
    hidden: false,
    component: seen.component,
    fixedIn: seen.fixedIn,
    seenBy,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    stateSince: row.state_since,
    dueAt: row.due_at,
    exception: exception ? toException(exception) : null,
    revision: Number(row.revision),
  };
}
