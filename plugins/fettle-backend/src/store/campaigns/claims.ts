import { ConflictError, NotFoundError } from '@backstage/errors';
import type { CampaignState } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { toCampaign, type CampaignRow } from './rows';
import type { StoredCampaign } from './StoredCampaign';

/** Those that nobody has and that are due. */
export async function dueCampaigns(
  knex: Knex,
  now: Date,
): Promise<{ id: string; fence: number }[]> {
  const at = now.toISOString();
  return knex('campaigns')
    .where('due_at', '<=', at)
    .where(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<=', at),
    )
    .orderBy('due_at')
    .select('id', 'fence');
}

/** Takes a campaign on, where nobody has it. */
export async function claimCampaign(
  knex: Knex,
  id: string,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<StoredCampaign | undefined> {
  const [row]: CampaignRow[] = await knex('campaigns')
    .where({ id })
    .where(free =>
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<=', now.toISOString()),
    )
    .update({
      lease_until: leaseUntil.toISOString(),
      fence: knex.raw('fence + 1'),
    })
    .returning('*');
  return row && toCampaign(row);
}

/** False where another has taken it on. */
export async function extendLease(
  knex: Knex,
  { id, fence }: Pick<StoredCampaign, 'id' | 'fence'>,
  leaseUntil: Date,
): Promise<boolean> {
  const rows = await knex('campaigns')
    .where({ id, fence })
    .update({ lease_until: leaseUntil.toISOString() });
  return rows === 1;
}

/** Gives it free; true where something happened since it was taken on. */
export async function releaseCampaign(
  knex: Knex,
  { id, fence, nudges }: Pick<StoredCampaign, 'id' | 'fence' | 'nudges'>,
  dueAt: Date | null,
): Promise<boolean> {
  const [row] = await knex('campaigns')
    .where({ id, fence })
    .update({
      lease_until: null,
      due_at: knex.raw('case when nudges > ? then due_at else ? end', [
        ...[nudges, dueAt?.toISOString() ?? null],
      ]),
    })
    .returning('nudges');
  return row !== undefined && row.nudges > nudges;
}

/** Something changed that it may wait for. */
export async function nudgeCampaign(
  knex: Knex,
  id: string,
  now: Date,
): Promise<void> {
  await knex('campaigns')
    .where({ id })
    .update({ due_at: now.toISOString(), nudges: knex.raw('nudges + 1') });
}

/**
 * Held until the transaction ends.
 *
 * @throws ConflictError where it is in none of these states
 */
export async function lockCampaign(
  trx: Knex.Transaction,
  id: string,
  states: readonly CampaignState[],
): Promise<StoredCampaign> {
  const row: CampaignRow | undefined = await dialectOf(trx)
    .lockRows(trx('campaigns').where({ id }))
    .first('*');
  if (!row) throw new NotFoundError(`There is no campaign '${id}'.`);
  const campaign = toCampaign(row);
  if (states.includes(campaign.state)) return campaign;
  throw new ConflictError(
    `The campaign is ${campaign.state}; that is done while it is ${states.join(
      ' or ',
    )}.`,
  );
}
