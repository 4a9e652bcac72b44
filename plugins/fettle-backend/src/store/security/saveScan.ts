import type { Knex } from 'knex';
import { fromReport } from '../../findings/fromReport';
import { storable, storableJson } from '../storable';
import { upsertRows } from '../writeRows';
import type { DueDays } from './findingRows';
import { lockRepository, observe } from './observe';
import { SCANS, type ScanRow } from './rows';
import type {
  FailedScan,
  FindingChanges,
  FinishedScan,
  SecurityWrite,
  StoredScan,
} from './SecurityStore';
import { writeComponents } from './writeComponents';

const MOST_PROBLEMS = 50;

/** The last scan of a repository by each scanner. */
export async function loadScans(
  knex: Knex,
  repositoryId: string,
): Promise<StoredScan[]> {
  const rows: ScanRow[] = await knex('scans')
    .where({ repository_id: repositoryId })
    .orderBy('scanner_id')
    .select('*');
  return rows.map(row => ({
    scannerId: row.scanner_id,
    digest: row.digest,
    commit: row.commit,
    state: row.state as StoredScan['state'],
    reason: row.reason ? JSON.parse(row.reason) : null,
    problems: JSON.parse(row.problems),
    scannedAt: row.scanned_at,
    attemptedAt: row.attempted_at,
    attempt: row.attempt,
    failures: row.failures,
  }));
}

/** What a scanner found comes into force, all at once. */
export async function saveScan(
  knex: Knex,
  scan: FinishedScan,
  options: { dueDays: DueDays; now: Date },
): Promise<SecurityWrite & { changes: FindingChanges }> {
  const { repositoryId, scannerId, digest, commit, report } = scan;
  const at = options.now.toISOString();
  const problems = report.problems ?? [];
  const unreadPaths = new Set([
    ...problems.map(({ path }) => path),
    ...(scan.unread ?? []),
  ]);
  const unread = (path: string) =>
    scan.adds || unreadPaths.has(null) || unreadPaths.has(path);
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, repositoryId))) {
      const changes = { opened: 0, known: 0, fixed: 0 };
      return { revision: null, changes };
    }
    const [before] = await trx('scans').where({
      repository_id: repositoryId,
      scanner_id: scannerId,
    });
    const row: ScanRow = {
      repository_id: repositoryId,
      scanner_id: scannerId,
      digest,
      commit,
      state: problems.length > 0 ? 'partial' : 'ok',
      reason: null,
      problems: storableJson(problems.slice(0, MOST_PROBLEMS)),
      scanned_at: at,
      attempted_at: at,
      attempt: null,
      failures: 0,
    };
    await upsertRows(trx, SCANS, [row]);
    const differs = await writeComponents(
      ...([trx, repositoryId, scannerId] as const),
      ...([report.components ?? [], unread] as const),
    );
    return observe(
      trx,
      repositoryId,
      [
        {
          observer: scannerId,
          sightings: (report.findings ?? []).map(fromReport),
          ...{ unread, commit, keeps: new Set(scan.keeps) },
        },
      ],
      {
        ...options,
        otherNews:
          differs ||
          before?.state !== row.state ||
          before?.problems !== row.problems,
      },
    );
  });
}

/** A scan failed: it is told, and nothing that was found before is touched. */
export async function saveFailedScan(
  knex: Knex,
  scan: FailedScan,
  options: { dueDays: DueDays; now: Date },
): Promise<SecurityWrite> {
  const { repositoryId, scannerId, digest, reason, findings = [] } = scan;
  const attempt = scan.attempt ?? null;
  const at = options.now.toISOString();
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, repositoryId))) return { revision: null };
    const [before]: (ScanRow | undefined)[] = await trx('scans').where({
      repository_id: repositoryId,
      scanner_id: scannerId,
    });
    const told = storableJson(reason);
    await upsertRows(trx, SCANS, [
      {
        repository_id: repositoryId,
        scanner_id: storable(scannerId),
        digest,
        commit: before?.commit ?? null,
        state: 'failed',
        reason: told,
        problems: before?.problems ?? '[]',
        scanned_at: before?.scanned_at ?? null,
        ...{ attempted_at: at, attempt },
        failures: before?.attempt === attempt ? before.failures + 1 : 1,
      },
    ]);
    const otherNews = before?.state !== 'failed' || before.reason !== told;
    const seen = {
      observer: scannerId,
      sightings: findings.map(fromReport),
      ...{ unread: () => true, commit: null },
    };
    const { revision } = await observe(trx, repositoryId, [seen], {
      ...options,
      otherNews,
    });
    return { revision };
  });
}
