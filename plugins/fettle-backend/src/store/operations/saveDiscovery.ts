import type { Knex } from 'knex';
import { Discovery, FettleStore } from '../FettleStore';
import { planDiscovery } from '../discovery/planDiscovery';
import { withdrawPublications } from '../publications/DatabasePublicationStore';
import { drawRevision } from '../revisions';
import {
  CLAIMS,
  ClaimRow,
  LOCATIONS,
  LocationRow,
  REPOSITORIES,
  RepositoryRow,
} from '../tables';
import { dialectOf } from '../Dialect';
import { deleteRows, updateRows, upsertRows } from '../writeRows';

/** Replaces what is known of repositories and claims, in one transaction. */
export async function saveDiscovery(
  knex: Knex,
  discovery: Discovery,
): ReturnType<FettleStore['saveDiscovery']> {
  const at = discovery.at.toISOString();
  return knex.transaction(async trx => {
    // Two replicas may discover at the same time.
    await trx('store_locks')
      .where({ name: 'discovery' })
      .forUpdate()
      .first('name');

    const locations: LocationRow[] = await trx('repositories').select(
      Object.keys(LOCATIONS.columns),
    );
    const claims: ClaimRow[] = await trx('entity_claims').select('*');
    const plan = planDiscovery(discovery, { locations, claims });
    const { added, removed, touched, changed } = plan;

    // Locked before the revision is drawn, in the order of every other writer.
    const locked = dialectOf(trx).oneOf('id', [...removed, ...touched]);
    await trx('repositories')
      .whereRaw(locked.sql, locked.bindings)
      .orderBy('id')
      .forUpdate()
      .select('id');

    if (!plan.visible) {
      // Which source reads a repository is nothing that a reader sees.
      await updateRows(trx, LOCATIONS, plan.updated);
      return { revision: null, added, removed, changed };
    }
    await withdrawPublications(trx, removed, discovery.at);
    const revision = await drawRevision(trx, { structural: plan.structural });

    await deleteRows(
      trx,
      'repositories',
      ['id'],
      removed.map(id => [id]),
    );
    await updateRows(trx, LOCATIONS, plan.updated);
    await upsertRows(
      trx,
      REPOSITORIES,
      plan.inserted.map(location => ({
        ...location,
        state: 'pending',
        reason: null,
        default_branch: null,
        head_commit: null,
        head_committed_at: null,
        head_subject: null,
        started_at: null,
        collected_at: null,
        attempted_at: null,
        failures: 0,
        due_at: at,
        requested_at: null,
        snapshot_digest: null,
        changed_at: at,
        revision,
      })),
    );
    await deleteRows(
      trx,
      'entity_claims',
      ['entity_ref'],
      plan.removedClaims.map(ref => [ref]),
    );
    await upsertRows(trx, CLAIMS, plan.claims);

    await updateWhere(trx, touched, { revision });
    await updateWhere(trx, changed, { due_at: at, requested_at: at });
    return { revision, added, removed, changed };
  });
}

async function updateWhere(
  trx: Knex.Transaction,
  ids: readonly string[],
  values: Partial<RepositoryRow>,
) {
  if (ids.length === 0) return;
  const these = dialectOf(trx).oneOf('id', ids);
  await trx('repositories').whereRaw(these.sql, these.bindings).update(values);
}
