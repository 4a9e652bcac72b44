import type { Knex } from 'knex';
import type { StoredRemediation } from './StoredRemediation';
import type { UnmendedProblem } from './unmended';

/**
 * Writes what its problems came to. Those that its plan does not mend are not
 * healed by it, but need a person; where nothing was done, it says nothing of
 * them.
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
  const byPerson = acted ? { person_acted: 1 } : {};
  await trx('playbook_problems')
    .where({ remediation_id: id })
    .whereNotIn('id', left)
    .update({
      ...{ outcome: state, outcome_at: at, ...byPerson },
      ...(gone ? { gone_at: at } : {}),
    });
  if (state !== 'healed' || left.length === 0) return;
  await trx('playbook_problems')
    .whereIn('id', left)
    .where({ remediation_id: id })
    .update({ outcome: 'escalated', outcome_at: at, ...byPerson });
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
