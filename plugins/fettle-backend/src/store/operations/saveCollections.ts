import type { Knex } from 'knex';
import type { ActivityItem } from 'backstage-plugin-fettle-common';
import type { Collection, WriteResult } from '../FettleStore';
import { loadReadings } from '../reading/loadReadings';
import { CollectionPlan, planCollection } from '../reading/planCollection';
import type { TargetPlan } from '../reading/planTarget';
import { writePlans } from '../reading/writePlans';
import { writeReadings } from '../reading/writeReadings';
import { drawRevision } from '../revisions';

/** The change that stands for the whole reading: the root's, or the first folder's. */
function changeOf(plan: CollectionPlan): WriteResult['change'] {
  const { targets, stored, reading } = plan;
  const target: TargetPlan | undefined =
    targets.find(one => one.subpath === '' && one.historic) ??
    targets.find(one => one.historic) ??
    targets.find(one => one.subpath === '');
  const root = stored.rollups.get('');
  const item: ActivityItem = {
    repositoryId: reading.id,
    name: stored.repository.name,
    subpath: target?.subpath ?? '',
    at: reading.collected_at!,
    commit: reading.head_commit,
    from: target ? target.from : root?.score ?? null,
    to: target?.to ?? null,
    verdicts: target?.changedVerdicts ?? [],
  };
  return { ...item, state: reading.state };
}

/**
 * Stores readings of different repositories in one transaction. A reading that
 * is older than the stored one, or whose repository is gone, is left out.
 */
export async function saveCollections(
  knex: Knex,
  collections: readonly Collection[],
): Promise<WriteResult[]> {
  if (collections.length === 0) return [];
  const ids = collections.map(({ repositoryId }) => repositoryId);
  if (new Set(ids).size !== ids.length) {
    throw new Error('A batch holds at most one reading of each repository');
  }
  return knex.transaction(async trx => {
    const readings = await loadReadings(trx, ids);
    const plans = new Map<string, CollectionPlan>();
    for (const collection of collections) {
      const stored = readings.get(collection.repositoryId);
      const startedAt = stored?.repository.started_at ?? '';
      if (stored && startedAt <= collection.startedAt.toISOString()) {
        plans.set(collection.repositoryId, planCollection(collection, stored));
      }
    }
    const list = [...plans.values()];
    await writePlans(trx, list);
    const revision = list.some(plan => plan.visible)
      ? await drawRevision(trx)
      : null;
    await writeReadings(trx, list, revision);

    return ids.map(id => {
      const plan = plans.get(id);
      return plan?.visible
        ? { revision, change: changeOf(plan) }
        : { revision: null };
    });
  });
}
