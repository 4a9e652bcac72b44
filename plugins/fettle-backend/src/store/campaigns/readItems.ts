import type {
  CampaignItemPage,
  CampaignItemQuery,
  Reason,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { planStateAt } from '../../remediate/approve/approvals';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { nearestEntities } from '../query/nearestEntities';
import { inVisibleRepositories } from '../query/visible';
import { readCursor, writeCursor } from '../remediation/readRemediations';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { ITEM_STATE } from './rows';
import {
  NO_COUNTS,
  type ItemState,
  type Standing,
  type Tally,
} from './StoredCampaign';

function items(knex: Knex) {
  return knex('campaign_items as i')
    .join('campaigns as c', 'c.id', 'i.campaign_id')
    .join('repositories as r', 'r.id', 'i.repository_id')
    .leftJoin('plans as p', 'p.id', 'i.plan_id')
    .leftJoin('remediations as m', 'm.id', 'p.remediation_id');
}

const parse = <T>(text: string | null): T | null =>
  text === null ? null : JSON.parse(text);

/** How all repositories of a campaign stand, in their order. */
export async function readStandings(
  knex: Knex,
  campaignId: string,
): Promise<Standing[]> {
  const rows = await items(knex)
    .where('i.campaign_id', campaignId)
    .orderBy('i.position')
    .select('i.repository_id', 'r.name', 'i.wave', 'i.position')
    .select('i.plan_id', 'i.released_hash', 'i.libraries', 'i.reason')
    .select('p.state as plan_state', 'p.hash', 'p.expires_at', 'p.level')
    .select('m.id as remediation_id', 'm.state as remediation_state')
    .select('m.change', 'm.progress', 'm.cancel')
    .select(knex.raw(`${ITEM_STATE} as state`));
  return rows.map(row => ({
    ...{ repositoryId: row.repository_id, repository: row.name },
    ...{ wave: row.wave, position: row.position, state: row.state },
    ...{ planId: row.plan_id, planState: row.plan_state, planHash: row.hash },
    ...{ planExpiresAt: row.expires_at, releasedHash: row.released_hash },
    level: row.level,
    remediationId: row.remediation_id,
    remediationState: row.remediation_state,
    cancelAsked: row.cancel !== null,
    change: parse<Standing['change']>(row.change),
    effectAt:
      parse<{ effectAt: string | null }>(row.progress)?.effectAt ?? null,
    libraries: JSON.parse(row.libraries),
    reason: parse<Reason>(row.reason),
  }));
}

/** Numbers of campaigns by their waves, of what the reader may see. */
export async function tallyItems(
  knex: Knex,
  campaignIds: readonly string[],
  visibility: Visibility,
): Promise<Map<string, Map<number, Tally>>> {
  const these = dialectOf(knex).oneOf('i.campaign_id', campaignIds);
  const visible = inVisibleRepositories(knex, 'i.repository_id', visibility);
  const rows = await items(knex)
    .whereRaw(these.sql, these.bindings)
    .whereRaw(visible.sql, visible.bindings)
    .groupByRaw('1, 2, 3')
    .select('i.campaign_id', 'i.wave')
    .select(knex.raw(`${ITEM_STATE} as state`))
    .select(
      knex.raw('count(*) as n'),
      knex.raw('coalesce(sum(p.files_changed), 0) as files'),
      knex.raw('coalesce(sum(p.lines_changed), 0) as lines'),
      knex.raw('coalesce(max(p.approvals_needed), 0) as needed'),
      knex.raw(
        `sum(case when m.state in ('settling', 'verifying') then 1 else 0 end) as verifying`,
      ),
    );
  const tallies = new Map<string, Map<number, Tally>>();
  for (const row of rows) {
    const waves = tallies.get(row.campaign_id) ?? new Map<number, Tally>();
    tallies.set(row.campaign_id, waves);
    const known = waves.get(row.wave) ?? {
      counts: { ...NO_COUNTS },
      ...{ verifying: 0, approvalsNeeded: 0 },
    };
    waves.set(row.wave, known);
    const state: ItemState = row.state;
    known.counts.all += Number(row.n);
    known.counts[state] += Number(row.n);
    // What is not possible, or nothing, changes no file.
    if (state !== 'impossible' && state !== 'nothing') {
      known.counts.files += Number(row.files);
      known.counts.lines += Number(row.lines);
      known.approvalsNeeded = Math.max(
        known.approvalsNeeded,
        Number(row.needed),
      );
    }
    known.verifying += Number(row.verifying);
  }
  return tallies;
}

/** Repositories of a campaign that the reader may not see. */
export async function countHidden(
  knex: Knex,
  campaignId: string,
  visibility: Visibility,
): Promise<number> {
  const visible = inVisibleRepositories(knex, 'repository_id', visibility);
  const [{ n }] = await knex('campaign_items')
    .where({ campaign_id: campaignId })
    .whereRaw(`not (${visible.sql})`, visible.bindings)
    .count({ n: '*' });
  return Number(n);
}

/** One page of the repositories of a campaign, in their order. */
export async function pageOfItems(
  knex: Knex,
  campaignId: string,
  query: CampaignItemQuery,
  visibility: Visibility,
  now: Date,
): Promise<CampaignItemPage> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'i.repository_id', visibility);
  const matching = items(knex)
    .where('i.campaign_id', storable(campaignId))
    .whereRaw(visible.sql, visible.bindings);
  if (query.wave !== undefined) matching.where('i.wave', query.wave);
  if (query.state !== undefined) {
    matching.whereRaw(`${ITEM_STATE} = ?`, [storable(query.state)]);
  }
  const [{ total }] = await matching.clone().count({ total: '*' });
  const page = matching
    .clone()
    .orderBy('i.position')
    .limit(query.limit + 1)
    .select('i.repository_id', 'r.name', 'i.wave', 'i.position', 'i.plan_id')
    .select('i.reason', 'i.note', 'i.released_hash', 'c.state as campaign')
    .select('p.state as plan_state', 'p.expires_at', 'p.notes', 'p.hash')
    .select('p.files_changed', 'p.lines_changed', 'c.wave as current')
    .select('m.id as remediation_id', 'm.state as remediation_state')
    .select('m.reason as remediation_reason', 'm.change')
    .select(knex.raw(`${ITEM_STATE} as state`));
  if (query.cursor !== undefined) {
    page.where('i.position', '>', readCursor(query.cursor, z.number()));
  }
  const rows = await page;
  const shown = rows.slice(0, query.limit);
  const entities = await nearestEntities(
    knex,
    shown.map(row => row.repository_id),
    visibility,
  );
  const last = shown.at(-1);
  return {
    items: shown.map(row => {
      const planState =
        row.plan_state &&
        planStateAt({ state: row.plan_state, expiresAt: row.expires_at }, now);
      return {
        ...{ repositoryId: row.repository_id, repository: row.name },
        entityRef: entities.get(row.repository_id) ?? null,
        ...{ wave: row.wave, state: row.state },
        reason: reasonOf(row, planState),
        ...{ planId: row.plan_id, planState },
        remediationId: row.remediation_id,
        remediationState: row.remediation_state,
        changeUrl: parse<{ url?: string }>(row.change)?.url ?? null,
        files: row.files_changed ?? 0,
        lines: row.lines_changed ?? 0,
      };
    }),
    nextCursor:
      last && rows.length > query.limit ? writeCursor(last.position) : null,
    ...{ total: Number(total), revision },
  };
}

/** Why an item stands where it does, the nearest cause first. */
function reasonOf(row: any, planState: string | null): Reason | null {
  const note = parse<Reason>(row.note);
  if (row.state === 'impossible') {
    const notes = parse<{ obstacles: Reason[] }>(row.notes);
    return notes?.obstacles[0] ?? parse<Reason>(row.reason);
  }
  if (row.state !== 'waiting') {
    return (
      parse<Reason>(row.remediation_reason) ?? parse<Reason>(row.reason) ?? note
    );
  }
  const kept = parse<Reason>(row.reason);
  if (kept) return kept;
  if (planState === 'waiting' || planState === 'expired') {
    return {
      code: planState === 'expired' ? 'expired' : 'approval',
      message:
        planState === 'expired'
          ? 'The time to approve its plan, or its approval, ran out.'
          : 'Its plan waits for an approval.',
      action: 'Look at the plans of the campaign, and approve them.',
    };
  }
  if (row.current > 0 && row.wave > row.current) {
    return {
      code: 'wave',
      message: `Wave ${row.wave} has not begun.`,
      action: 'Wait for the waves before it.',
    };
  }
  return note;
}

/** Plans that wait for approvals. */
export async function countWaiting(
  trx: Knex.Transaction,
  id: string,
): Promise<number> {
  const [{ n }] = await trx('campaign_items as i')
    .join('plans as p', 'p.id', 'i.plan_id')
    .where({ 'i.campaign_id': id, 'p.state': 'waiting' })
    .count({ n: '*' });
  return Number(n);
}

/** Repositories without a plan, and who has them planned. */
export async function readUnplanned(
  knex: Knex,
  id: string,
): Promise<{ repositoryId: string; requestedBy: string }[]> {
  return knex('campaign_items')
    .where({ campaign_id: id, plan_id: null, outcome: null })
    .orderBy('position')
    .select('repository_id as repositoryId', 'requested_by as requestedBy');
}
