import type { ActivityItem } from 'backstage-plugin-fettle-common';
import type { ChangeRow } from '../tables';

/** A stored change with the name that its repository has now. */
export function toActivity(row: ChangeRow & { name: string }): ActivityItem {
  return {
    repositoryId: row.repository_id,
    name: row.name,
    subpath: row.subpath,
    at: row.at,
    commit: row.commit,
    from: row.from_score,
    to: row.to_score,
    verdicts: JSON.parse(row.verdicts),
  };
}
