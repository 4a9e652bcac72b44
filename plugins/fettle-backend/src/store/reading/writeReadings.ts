import type { Knex } from 'knex';
import { CHANGES, ChangeRow, READINGS } from '../tables';
import { updateRows, upsertRows } from '../writeRows';
import type { CollectionPlan } from './planCollection';

/**
 * Writes the repositories' rows and the history of what changed. Apart from
 * the rest because the revision, once drawn, keeps other writers waiting.
 */
export async function writeReadings(
  trx: Knex.Transaction,
  plans: readonly CollectionPlan[],
  revision: number | null,
): Promise<void> {
  await updateRows(
    trx,
    READINGS,
    plans.map(({ reading, visible }) =>
      visible && revision !== null ? { ...reading, revision } : reading,
    ),
  );
  if (revision === null) return;
  await upsertRows(
    trx,
    CHANGES,
    plans.flatMap(plan => changeRows(plan, revision)),
  );
}

function changeRows(plan: CollectionPlan, revision: number): ChangeRow[] {
  const { reading, stored, targets, stateChanged } = plan;
  return targets
    .filter(
      target => target.historic || (stateChanged && target.subpath === ''),
    )
    .map(target => ({
      revision,
      repository_id: reading.id,
      subpath: target.subpath,
      at: reading.collected_at!,
      commit: reading.head_commit,
      from_score: target.from,
      to_score: target.to,
      from_state: stored.repository.state,
      to_state: reading.state,
      verdicts: JSON.stringify(target.changedVerdicts),
    }));
}
