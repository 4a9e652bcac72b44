import type { Knex } from 'knex';
import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import type { StoredVerdict } from '../FettleStore';
import type { EvidenceRow, RollupRow, VerdictRow } from '../tables';

/** The verdicts on one folder with their evidence, in the order of their ids. */
export async function getVerdicts(
  knex: Knex,
  repositoryId: string,
  subpath: string,
): Promise<StoredVerdict[]> {
  type Row = VerdictRow &
    Pick<RollupRow, 'evaluated_at' | 'commit'> & {
      items: EvidenceRow['items'] | null;
      more: EvidenceRow['more'] | null;
    };
  const rows: Row[] = await knex('verdicts as v')
    .join('rollups as u', join =>
      join
        .on('u.repository_id', 'v.repository_id')
        .andOn('u.subpath', 'v.subpath'),
    )
    .leftJoin('verdict_evidence as e', join =>
      join
        .on('e.repository_id', 'v.repository_id')
        .andOn('e.subpath', 'v.subpath')
        .andOn('e.check_id', 'v.check_id'),
    )
    .where({ 'v.repository_id': repositoryId, 'v.subpath': subpath })
    .orderBy('v.check_id')
    .select('v.*', 'u.evaluated_at', 'u.commit', 'e.items', 'e.more');
  return rows.map(row => ({
    checkId: row.check_id,
    title: row.title,
    status: row.status as VerdictStatus,
    message: row.message,
    evidence: row.items === null ? [] : JSON.parse(row.items),
    moreEvidence: row.more ?? 0,
    weight: row.weight,
    points: row.points,
    worth: row.worth,
    since: row.since,
    // Of the whole folder: rows of verdicts that did not change are not written again.
    evaluatedAt: row.evaluated_at,
    commit: row.commit,
  }));
}
