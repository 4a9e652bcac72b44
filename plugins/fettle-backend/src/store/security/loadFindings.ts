import type { Knex } from 'knex';
import type { Sighting } from '../../findings/Sighting';
import type {
  ActiveException,
  StoredFinding,
} from '../../findings/StoredFinding';
import type { Circumstances } from '../../findings/mergeFindings';
import { dialectOf } from '../Dialect';
import { fromRow } from './findingRows';
import type { ExceptionRow, FindingRow } from './rows';

/** All findings of a repository, the fixed ones too: they may come back. */
export async function loadFindings(
  trx: Knex,
  repositoryId: string,
): Promise<StoredFinding[]> {
  const rows: FindingRow[] = await trx('findings')
    .where({ repository_id: repositoryId })
    .select('*');
  const sightings: { finding_id: string; observer: string; report: string }[] =
    await trx('finding_sightings')
      .whereIn(
        'finding_id',
        trx('findings').where({ repository_id: repositoryId }).select('id'),
      )
      .orderBy(['finding_id', 'observer'])
      .select('*');
  const byFinding = new Map<string, Map<string, Sighting>>();
  for (const { finding_id: id, observer, report } of sightings) {
    const of = byFinding.get(id) ?? new Map<string, Sighting>();
    of.set(observer, JSON.parse(report));
    byFinding.set(id, of);
  }
  return rows.map(row => fromRow(row, byFinding.get(row.id) ?? new Map()));
}

/** The exceptions in force that may cover findings of a repository. */
export async function loadCircumstances(
  trx: Knex,
  repositoryId: string,
  now: Date,
): Promise<Circumstances> {
  const claims: { owner: string | null }[] = await trx('entity_claims')
    .where({ repository_id: repositoryId })
    .whereNotNull('owner')
    .distinct('owner');
  const owners = new Set(claims.map(({ owner }) => owner!));
  const owned = dialectOf(trx).oneOf('"owner"', owners);
  const rows: ExceptionRow[] = await trx('exceptions')
    .whereNull('ended_at')
    .where(open =>
      open
        .whereNull('expires_at')
        .orWhere('expires_at', '>', now.toISOString()),
    )
    .where(mine =>
      mine
        .where({ repository_id: repositoryId })
        .orWhereRaw(owned.sql, owned.bindings),
    )
    .select('*');
  return { exceptions: rows.map(toActive), owners, now };
}

function toActive(row: ExceptionRow): ActiveException {
  return {
    id: row.id,
    as: row.as as ActiveException['as'],
    scope: row.scope as ActiveException['scope'],
    kind: row.kind as ActiveException['kind'],
    names: JSON.parse(row.names),
    findingId: row.finding_id,
    repositoryId: row.repository_id,
    owner: row.owner,
    expiresAt: row.expires_at,
    actor: row.actor,
    reason: row.reason,
  };
}
