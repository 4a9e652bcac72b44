import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { CampaignApproval } from './StoredCampaign';

/** By campaign, those of the plans as they are now that have not run out. */
export async function readApprovals(
  knex: Knex,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, CampaignApproval[]>> {
  const these = dialectOf(knex).oneOf('a.campaign_id', ids);
  const rows = await knex('campaign_approvals as a')
    .join('campaigns as c', 'c.id', 'a.campaign_id')
    .whereRaw(these.sql, these.bindings)
    .whereRaw('a.hash = c.hash')
    .where('a.expires_at', '>', now.toISOString())
    .orderBy(['a.at', 'a.actor'])
    .select('a.*');
  const approvals = new Map<string, CampaignApproval[]>();
  for (const row of rows) {
    const of = approvals.get(row.campaign_id) ?? [];
    const { hash, actor, at, expires_at: expiresAt } = row;
    approvals.set(row.campaign_id, [...of, { hash, actor, at, expiresAt }]);
  }
  return approvals;
}
