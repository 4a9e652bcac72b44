import type { Reason } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { sha256 } from '../../remediate/plan/sha256';
import { dialectOf } from '../Dialect';
import { storableJson } from '../storable';
import { updateRows, type Table } from '../writeRows';
import type { PlacedItem, PlannedItem } from './StoredCampaign';

interface PlannedRow {
  campaign_id: string;
  repository_id: string;
  plan_id: string | null;
  outcome: string | null;
  reason: string | null;
}
interface PlacedRow {
  campaign_id: string;
  repository_id: string;
  wave: number;
  position: number;
  libraries: string;
  note: string | null;
}
interface ReasonRow {
  campaign_id: string;
  repository_id: string;
  reason: string | null;
}

const KEY = ['campaign_id', 'repository_id'] as const;
const TEXT = { campaign_id: 'text', repository_id: 'text' } as const;
const PLANNED: Table<PlannedRow> = {
  name: 'campaign_items',
  columns: { ...TEXT, plan_id: 'text', outcome: 'text', reason: 'text' },
  key: KEY,
};
const PLACED: Table<PlacedRow> = {
  name: 'campaign_items',
  columns: {
    ...{ ...TEXT, wave: 'integer', position: 'integer' },
    ...{ libraries: 'text', note: 'text' },
  },
  key: KEY,
};
const REASONS: Table<ReasonRow> = {
  name: 'campaign_items',
  columns: { ...TEXT, reason: 'text' },
  key: KEY,
};

const SUPERSEDED: Reason = {
  code: 'superseded',
  message: 'The repository moved, and its plan is another one now.',
  action: 'Look at the plans of the campaign, and approve or start them anew.',
};

const json = (reason: Reason | null) => reason && storableJson(reason);

export async function writePlanned(
  trx: Knex.Transaction,
  campaignId: string,
  planned: readonly PlannedItem[],
): Promise<void> {
  await updateRows(
    trx,
    PLANNED,
    planned.map(one => ({
      ...{ campaign_id: campaignId, repository_id: one.repositoryId },
      ...{ plan_id: one.planId, outcome: one.outcome },
      reason: json(one.reason),
    })),
  );
}

export async function writePlaces(
  trx: Knex.Transaction,
  campaignId: string,
  placed: readonly PlacedItem[],
): Promise<void> {
  await updateRows(
    trx,
    PLACED,
    placed.map(({ repositoryId, wave, position, libraries, note }) => ({
      ...{ campaign_id: campaignId, repository_id: repositoryId },
      ...{ wave, position, note: json(note) },
      libraries: storableJson(libraries),
    })),
  );
}

export async function writeReasons(
  trx: Knex.Transaction,
  campaignId: string,
  reasons: ReadonlyMap<string, Reason | null>,
): Promise<void> {
  await updateRows(
    trx,
    REASONS,
    [...reasons].map(([repositoryId, reason]) => ({
      ...{ campaign_id: campaignId, repository_id: repositoryId },
      reason: json(reason),
    })),
  );
}

/** Plans that others took the place of: the new ones wait to be looked at. Gives how many. */
export async function followSuperseded(
  trx: Knex.Transaction,
  campaignId: string,
): Promise<number> {
  let followed = 0;
  for (;;) {
    const rows = await trx('campaign_items as i')
      .join('plans as p', 'p.id', 'i.plan_id')
      .join('plans as n', 'n.id', 'p.superseded_by')
      .leftJoin('remediations as m', 'm.id', 'p.remediation_id')
      .where('i.campaign_id', campaignId)
      .where(ended => ended.whereNull('m.id').orWhere('m.state', 'cancelled'))
      .select('i.repository_id', 'n.id', 'p.hash', 'n.hash as next');
    if (rows.length === 0) return followed;
    followed += rows.length;
    await writePlanned(
      trx,
      campaignId,
      rows.map(row => ({
        ...{ repositoryId: row.repository_id, planId: row.id },
        outcome: null,
        reason: row.hash === row.next ? null : SUPERSEDED,
      })),
    );
  }
}

/** SHA-256 over the hashes of what is, or was, to be done, in the order of the repositories' ids; null for nothing. */
export async function hashItems(
  knex: Knex,
  campaignId: string,
): Promise<string | null> {
  const rows: { hash: string }[] = await knex('campaign_items as i')
    .join('plans as p', 'p.id', 'i.plan_id')
    .where('i.campaign_id', campaignId)
    .whereNotIn('p.state', ['empty', 'impossible'])
    .orderBy('i.repository_id')
    .select('p.hash');
  return rows.length === 0
    ? null
    : sha256(rows.map(({ hash }) => hash).join('\n'));
}

/** They may be applied as they are planned now. */
export async function releaseItems(
  trx: Knex.Transaction,
  id: string,
): Promise<void> {
  await trx('campaign_items')
    .where({ campaign_id: id })
    .whereNotNull('plan_id')
    .update({
      released_hash: trx('plans')
        .whereRaw('plans.id = campaign_items.plan_id')
        .select('hash'),
      reason: null,
    });
}

/** These have no plan until they are planned again. */
export async function planItemsAgain(
  trx: Knex.Transaction,
  id: string,
  repositoryIds: readonly string[],
  requestedBy: string,
): Promise<void> {
  const these = dialectOf(trx).oneOf('repository_id', repositoryIds);
  await trx('campaign_items')
    .where({ campaign_id: id })
    .whereRaw(these.sql, these.bindings)
    .update({
      ...{ plan_id: null, outcome: null, reason: null },
      requested_by: requestedBy,
    });
}
