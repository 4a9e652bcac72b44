import type { SubjectFinding } from '../../policies/subject/Subject';
import { readData } from '../security/findingRows';
import type { FindingRow } from '../security/rows';

export function toSubjectFinding(row: FindingRow): SubjectFinding {
  const { seen, seenBy, openedAt } = readData(row);
  const { kind, rule, aliases, title, severity, cvss, epss } = seen;
  const { exploited, certain, path, line, component, fixedIn } = seen;
  return {
    ...{ kind, rule, aliases, title, severity, cvss, epss, exploited },
    ...{ certain, path, line, component, fixedIn, seenBy, openedAt },
    ...(seen.was && { was: seen.was }),
    id: row.id,
    priority: Number(row.priority),
    state: row.state as SubjectFinding['state'],
    firstSeenAt: row.first_seen_at,
    dueAt: row.due_at,
  };
}

/** Rows by their repository, in the order in which they come. */
export function groupBy<T extends { repository_id: string | null }>(
  rows: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const id = row.repository_id;
    if (id === null) continue;
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}
