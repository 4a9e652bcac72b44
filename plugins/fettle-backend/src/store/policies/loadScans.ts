import type { Knex } from 'knex';
import type { Subject } from '../../policies/subject/Subject';
import type { ScanRow } from '../security/rows';
import { groupBy } from './toSubjectFinding';

/** The last scan by each scanner, of the repositories that a condition selects. */
export async function loadScans(
  knex: Knex,
  condition: Knex.Raw,
): Promise<Map<string, Subject['scans']>> {
  const rows: ScanRow[] = await knex('scans')
    .where(condition)
    .orderBy(['repository_id', 'scanner_id'])
    .select('*');
  const scans = [...groupBy(rows)].map(([id, of]) => {
    const list = of.map(row => ({
      scannerId: row.scanner_id,
      state: row.state as Subject['scans'][number]['state'],
      commit: row.commit,
      scannedAt: row.scanned_at,
      reason: row.reason === null ? null : JSON.parse(row.reason),
      problems: JSON.parse(row.problems),
    }));
    return [id, list] as const;
  });
  return new Map(scans);
}
