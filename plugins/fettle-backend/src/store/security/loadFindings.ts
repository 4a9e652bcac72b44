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
  const found = await loadFindingsOf(trx, [repositoryId]);
  return found.get(repositoryId)!;
}

/** The same of several repositories, by their ids. */
export async function loadFindingsOf(
  trx: Knex,
  repositoryIds: readonly string[],
): Promise<Map<string, StoredFinding[]>> {
  const { sql, bindings } = dialectOf(trx).oneOf(
    'repository_id',
    repositoryIds,
  );
  const mine = () => trx('findings').whereRaw(sql, bindings);
  const rows: FindingRow[] = await mine().select('*');
  const sightings: { finding_id: string; observer: string; report: string }[] =
    await trx('finding_sightings')
      .whereIn('finding_id', mine().select('id'))
      .orderBy(['finding_id', 'observer'])
      .select('*');
  const byFinding = new Map<string, Map<string, Sighting>>();
  for (const { finding_id: id, observer, report } of sightings) {
    const of = byFinding.get(id) ?? new Map<string, Sighting>();
    of.set(observer, JSON.parse(report));
    byFinding.set(id, of);
  }
  const found = new Map<string, StoredFinding[]>(
    repositoryIds.map(id => [id, []]),
  );
  for (const row of rows) {
    found
      .get(row.repository_id)!
      .push(fromRow(row, byFinding.get(row.id) ?? new Map()));
  }
  return found;
}

/** The exceptions in force that may cover findings of a repository. */
export async function loadCircumstances(
  trx: Knex,
  repositoryId: string,
  now: Date,
): Promise<Circumstances> {
  const found = await loadCircumstancesOf(trx, [repositoryId], now);
  return found.get(repositoryId)!;
}

/** The same for several repositories, by their ids. */
export async function loadCircumstancesOf(
  trx: Knex,
  repositoryIds: readonly string[],
  now: Date,
): Promise<Map<string, Circumstances>> {
  const { oneOf } = dialectOf(trx);
  const mine = oneOf('repository_id', repositoryIds);
  const claims: { repository_id: string; owner: string }[] = await trx(
    'entity_claims',
  )
    .whereRaw(mine.sql, mine.bindings)
    .whereNotNull('owner')
    .distinct('repository_id', 'owner');
  const owned = oneOf('"owner"', new Set(claims.map(({ owner }) => owner)));
  const rows: ExceptionRow[] = await trx('exceptions')
    .whereNull('ended_at')
    .where(open =>
      open
        .whereNull('expires_at')
        .orWhere('expires_at', '>', now.toISOString()),
    )
    .where(any =>
      any
        .whereRaw(mine.sql, mine.bindings)
        .orWhereRaw(owned.sql, owned.bindings),
    )
    .select('*');
  const exceptions = rows.map(toActive);
  return new Map(
    repositoryIds.map(id => {
      const owners = new Set(
        claims.flatMap(one => (one.repository_id === id ? one.owner : [])),
      );
      return [id, { exceptions, owners, now }];
    }),
  );
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
