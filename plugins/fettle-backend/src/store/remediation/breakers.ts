import type { Breaker } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { CLOSED, type BreakerState } from '../../remediate/breaker/breaker';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import { storable, storableJson } from '../storable';

interface BreakerRow {
  playbook_id: string;
  target: string;
  state: string;
  failures: string;
  reason: string | null;
  opened_at: string | null;
  retry_at: string | null;
  trial: string | null;
}

/** A closed one where there is none. */
export async function readBreaker(
  knex: Knex,
  playbookId: string,
  target: string,
): Promise<BreakerState> {
  const row: BreakerRow | undefined = await knex('breakers')
    .where({ playbook_id: storable(playbookId), target: storable(target) })
    .first('*');
  return row ? toState(row) : CLOSED;
}

export async function writeBreaker(
  knex: Knex,
  playbookId: string,
  target: string,
  breaker: BreakerState,
): Promise<void> {
  const row: BreakerRow = {
    ...{ playbook_id: playbookId, target, state: breaker.state },
    failures: storableJson(breaker.failures),
    reason: breaker.reason === null ? null : storableJson(breaker.reason),
    ...{ opened_at: breaker.openedAt, retry_at: breaker.retryAt },
    trial: breaker.trial,
  };
  await knex('breakers')
    .insert(row)
    .onConflict(['playbook_id', 'target'])
    .merge();
}

/** Every one that ever failed. */
export async function listBreakers(knex: Knex): Promise<Breaker[]> {
  const rows: BreakerRow[] = await knex('breakers').orderBy([
    'playbook_id',
    'target',
  ]);
  return rows.map(row => {
    const { state, failures, reason, openedAt, retryAt } = toState(row);
    return {
      ...{ playbookId: row.playbook_id, target: row.target, state },
      failures: failures.length,
      ...{ reason: reason?.message ?? null, openedAt, retryAt },
    };
  });
}

function toState(row: BreakerRow): BreakerState {
  return {
    state: row.state as BreakerState['state'],
    failures: JSON.parse(row.failures),
    reason: row.reason === null ? null : JSON.parse(row.reason),
    ...{ openedAt: row.opened_at, retryAt: row.retry_at, trial: row.trial },
  };
}

/** Closes one, and wakes what it held back; null where it is not open. */
export async function closeBreaker(
  knex: Knex,
  playbookId: string,
  target: string,
  now: Date,
): Promise<number | null> {
  return knex.transaction(async trx => {
    await dialectOf(trx)
      .lockRows(trx('automation_state').where({ id: 1 }))
      .first('id');
    const before = await readBreaker(trx, playbookId, target);
    if (before.state === 'closed') return null;
    await writeBreaker(trx, playbookId, target, CLOSED);
    await trx('remediations')
      .where({ state: 'blocked', playbook_id: playbookId, host: target })
      .update({ due_at: now.toISOString(), nudges: trx.raw('nudges + 1') });
    return drawRevision(trx);
  });
}
