import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import { storable } from '../storable';

/** Whether all automation is stopped, since when and why. */
export interface KillSwitch {
  on: boolean;
  reason: string | null;
  actor: string | null;
  at: string | null;
}

export async function readKillSwitch(knex: Knex): Promise<KillSwitch> {
  const row = await knex('automation_state').where({ id: 1 }).first('*');
  return {
    ...{ on: row.stopped === 1, reason: row.reason },
    ...{ actor: row.actor, at: row.at },
  };
}

/** Who stopped all automation; null while it runs. */
export async function readStopped(
  knex: Knex,
): Promise<{ reason: string; actor: string } | null> {
  const { on, reason, actor } = await readKillSwitch(knex);
  return on ? { reason: reason ?? '', actor: actor ?? 'Someone' } : null;
}

/** Waits for those who are being let through. */
export async function setKillSwitch(
  knex: Knex,
  { on, reason, actor }: { on: boolean; reason: string; actor: string },
  now: Date,
): Promise<{ before: KillSwitch; after: KillSwitch; revision: number }> {
  const at = now.toISOString();
  return knex.transaction(async trx => {
    await dialectOf(trx)
      .lockRows(trx('automation_state').where({ id: 1 }))
      .first('id');
    const before = await readKillSwitch(trx);
    await trx('automation_state')
      .where({ id: 1 })
      .update({ stopped: on ? 1 : 0, reason: storable(reason), actor, at });
    const revision = await drawRevision(trx);
    const after = await readKillSwitch(trx);
    return { before, after, revision };
  });
}
