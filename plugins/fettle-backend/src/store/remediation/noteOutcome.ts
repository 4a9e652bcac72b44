import type { Knex } from 'knex';
import type { StoredRemediation } from './StoredRemediation';
import type { UnmendedProblem } from './unmended';

/**
 * Writes what its problems came to. Those that its plan does not mend need a
 * person once it healed the others.
 */
export async function noteOutcome(
  trx: Knex.Transaction,
  { id, state }: StoredRemediation,
  unmended: readonly UnmendedProblem[],
  at: string,
): Promise<void> {
  const gone = state === 'healed' || state === 'recovered';
  const left = gone ? unmended.map(({ problem }) => problem.id) : [];
  const row = await trx('remediations').where({ id }).first('person_acted');
  const acted = row.person_acted === 1 || (await wasHeld(trx, { id, state }));
  const own = trx('playbook_problems').where({ remediation_id: id });
  await own
    .clone()
    // Of those it says nothing where nothing was done.
    .whereNotIn('id', left)
    .update({
      ...{ outcome: state, outcome_at: at },
      ...(gone ? { gone_at: at } : {}),
      ...(acted ? { person_acted: 1 } : {}),
    });
  if (left.length === 0) return;
  if (state === 'healed') {
    await own
      .clone()
      .whereIn('id', left)
      .whereNull('outcome')
      .update({ outcome: 'escalated', outcome_at: at });
  }
  // Another plan may mend them.
  await own.clone().whereIn('id', left).update({ remediation_id: null });
}

/** Gone while it was held back: whoever put it right, it was not the playbook. */
async function wasHeld(
  trx: Knex.Transaction,
  { id, state }: Pick<StoredRemediation, 'id' | 'state'>,
): Promise<boolean> {
  if (state !== 'recovered') return false;
  const held = await trx('remediation_events')
    .where({ remediation_id: id, event: 'blocked' })
    .first('id');
  return held !== undefined;
}
