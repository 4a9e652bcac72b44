import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  planStateAt,
  settleApprovals,
} from '../../remediate/approve/approvals';
import { dialectOf } from '../Dialect';
import { loadApprovals } from '../remediation/plans';
import { toApproval, type PlanRow } from '../remediation/rows';
import type { StoredPlan } from '../remediation/StoredPlan';
import { drawRevision } from '../revisions';
import { storable } from '../storable';
import { updateRows, upsertRows, type Table } from '../writeRows';
import { hashItems } from './changeItems';

interface NewApproval {
  plan_id: string;
  plan_hash: string;
  actor: string;
  decision: string;
  reason: string | null;
  at: string;
  expires_at: string;
}

const APPROVALS: Table<NewApproval> = {
  name: 'plan_approvals',
  columns: {
    ...{ plan_id: 'text', plan_hash: 'text', actor: 'text' },
    ...{ decision: 'text', reason: 'text', at: 'text', expires_at: 'text' },
  },
  key: ['plan_id', 'actor'],
};

type Settled = Pick<PlanRow, 'id' | 'state' | 'expires_at' | 'revision'>;

const SETTLED: Table<Settled> = {
  name: 'plans',
  columns: {
    ...{ id: 'text', state: 'text', expires_at: 'text' },
    revision: 'bigint',
  },
  key: ['id'],
};

/** What a person says of all plans of a campaign. */
export interface CampaignDecision {
  campaignId: string;
  /** Of the plans that were looked at. */
  hash: string;
  actor: string;
  reason: string | null;
  expiresAt: Date;
}

/**
 * Keeps an approval of a campaign, and with it one of each of its plans that
 * waits for that: all at once, so that no crash leaves some of them out.
 */
export async function approvePlans(
  trx: Knex.Transaction,
  decision: CampaignDecision,
  now: Date,
): Promise<{ plans: number; ready: number }> {
  const { campaignId, hash, actor } = decision;
  // Nobody may apply or supersede them between the look and the word.
  await dialectOf(trx).lockRows(
    trx('plans')
      .whereIn(
        'id',
        trx('campaign_items')
          .where({ campaign_id: campaignId })
          .whereNotNull('plan_id')
          .select('plan_id'),
      )
      .orderBy('id')
      .select('id'),
  );
  await assertHash(trx, campaignId, hash);
  const rows: (Pick<PlanRow, 'id' | 'hash' | 'state' | 'expires_at'> &
    Pick<PlanRow, 'requested_by' | 'approvals_needed'>)[] = await trx(
    'campaign_items as i',
  )
    .join('plans as p', 'p.id', 'i.plan_id')
    .where('i.campaign_id', campaignId)
    .whereIn('p.state', ['waiting', 'ready'])
    .where('p.approvals_needed', '>', 0)
    .select('p.id', 'p.hash', 'p.state', 'p.expires_at')
    .select('p.requested_by', 'p.approvals_needed');
  if (rows.some(row => row.requested_by === actor)) {
    throw new NotAllowedError(
      'You had these plans made: someone else has to approve them.',
    );
  }
  const stateOf = (row: (typeof rows)[number]) =>
    planStateAt(
      { state: row.state as StoredPlan['state'], expiresAt: row.expires_at },
      now,
    );
  const open = rows.filter(row => stateOf(row) !== 'expired');
  const given = {
    ...{ actor, decision: 'approved' as const, at: now.toISOString() },
    expires_at: decision.expiresAt.toISOString(),
    reason: decision.reason === null ? null : storable(decision.reason),
  };
  await trx('campaign_approvals')
    .insert({
      ...{ campaign_id: campaignId, hash, actor, reason: given.reason },
      ...{ at: given.at, expires_at: given.expires_at },
    })
    .onConflict(['campaign_id', 'hash', 'actor'])
    .merge();
  await upsertRows(
    trx,
    APPROVALS,
    open.map(row => ({ plan_id: row.id, plan_hash: row.hash, ...given })),
  );
  const approvals = new Map<string, StoredPlan['approvals']>();
  for (const one of await loadApprovals(
    trx,
    open.map(({ id }) => id),
  )) {
    const of = approvals.get(one.plan_id) ?? [];
    approvals.set(one.plan_id, [...of, toApproval(one)]);
  }
  const revision = await drawRevision(trx);
  const settled = open.map(row => ({
    id: row.id,
    ...settleApprovals(
      {
        ...{ state: row.state as StoredPlan['state'], hash: row.hash },
        approvals: approvals.get(row.id) ?? [],
        approvalsNeeded: row.approvals_needed,
        expiresAt: row.expires_at,
      },
      now,
    ),
  }));
  await updateRows<Settled>(
    trx,
    SETTLED,
    settled.map(({ id, state, expiresAt }) => ({
      ...{ id, state, expires_at: expiresAt, revision },
    })),
  );
  return {
    plans: open.length,
    ready: settled.filter(({ state }) => state === 'ready').length,
  };
}

/** Throws ConflictError where the plans are other ones than those that were looked at. */
export async function assertHash(
  trx: Knex.Transaction,
  campaignId: string,
  hash: string,
): Promise<void> {
  if ((await hashItems(trx, campaignId)) === hash) return;
  throw new ConflictError(
    'The plans of the campaign have another hash than those that you looked at: look at them again.',
  );
}
