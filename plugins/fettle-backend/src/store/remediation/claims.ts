import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { storable } from '../storable';
import { toRemediation, type RemediationRow } from './rows';
import type { StoredRemediation } from './StoredRemediation';

/** Takes a remediation on, where it is due and nobody has it. */
export async function claimRemediation(
  knex: Knex,
  id: string,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<StoredRemediation | undefined> {
  const at = now.toISOString();
  const [row]: RemediationRow[] = await knex('remediations')
    .where({ id: storable(id) })
    .whereNull('ended_at')
    .where('due_at', '<=', at)
    .where(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<=', at),
    )
    .update({
      lease_until: leaseUntil.toISOString(),
      fence: knex.raw('fence + 1'),
    })
    .returning('*');
  return row ? toRemediation(row) : undefined;
}

/** Keeps it; false where another has taken it on. */
export async function extendLease(
  knex: Knex,
  { id, fence }: Pick<StoredRemediation, 'id' | 'fence'>,
  leaseUntil: Date,
): Promise<boolean> {
  const rows = await knex('remediations')
    .where({ id, fence })
    .update({ lease_until: leaseUntil.toISOString() });
  return rows === 1;
}

/** Those that nobody has and that are due, longest waiting first. */
export async function dueRemediations(
  knex: Knex,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: string; fence: number }[]> {
  const at = now.toISOString();
  return knex('remediations')
    .where('due_at', '<=', at)
    .whereNull('ended_at')
    .where(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<=', at),
    )
    .orderBy('due_at')
    .limit(limit)
    .select('id', 'fence');
}

/** Stages that look at something which can change at any time. */
const LOOKING = ['follow', 'read', 'hold'];

/** Something changed in a repository: what waits for it looks at once. */
export async function nudgeRepository(
  knex: Knex,
  repositoryId: string,
  now: Date,
): Promise<string[]> {
  const rows: { id: string }[] = await knex('remediations')
    .where({ repository_id: repositoryId })
    .whereNull('ended_at')
    .whereIn('stage', LOOKING)
    .update({ due_at: now.toISOString(), nudges: knex.raw('nudges + 1') })
    .returning('id');
  return rows.map(({ id }) => id);
}

/** All that are under way look at once. */
export async function nudgeAll(knex: Knex, now: Date): Promise<void> {
  await knex('remediations')
    .whereNull('ended_at')
    .update({ due_at: now.toISOString(), nudges: knex.raw('nudges + 1') });
}

/** A person asks for its end; the next transition sees to it. */
export async function askCancel(
  knex: Knex,
  id: string,
  cancel: { actor: string; reason: string },
  now: Date,
): Promise<boolean> {
  const rows = await knex('remediations')
    .where({ id })
    .whereNull('ended_at')
    .update({
      cancel: JSON.stringify({ ...cancel, reason: storable(cancel.reason) }),
      ...{ person_acted: 1, due_at: now.toISOString() },
      nudges: knex.raw('nudges + 1'),
    });
  return rows === 1;
}

/** A person says yes or no where a step waits for that. */
export async function keepDecision(
  knex: Knex,
  id: string,
  stepId: string,
  decision: { approved: boolean; actor: string; reason: string },
  now: Date,
): Promise<boolean> {
  return knex.transaction(async trx => {
    const row: RemediationRow | undefined = await dialectOf(trx)
      .lockRows(trx('remediations').where({ id }).whereNull('ended_at'))
      .first('*');
    if (!row) return false;
    const decisions = JSON.parse(row.decisions);
    // The first counts: what it led to cannot be taken back.
    if (decisions[stepId]) return false;
    decisions[stepId] = { ...decision, reason: storable(decision.reason) };
    await trx('remediations')
      .where({ id })
      .update({
        decisions: JSON.stringify(decisions),
        ...{ person_acted: 1, due_at: now.toISOString() },
        nudges: trx.raw('nudges + 1'),
      });
    return true;
  });
}
