import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  CampaignItemQuery,
  CampaignState,
  Reason,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { drawRevision, readRevisions } from '../revisions';
import { storable, storableJson } from '../storable';
import {
  approvePlans,
  assertHash,
  type CampaignDecision,
} from './approvePlans';
import {
  followSuperseded,
  hashItems,
  writePlaces,
  writePlanned,
  writeReasons,
} from './changeItems';
import {
  claimCampaign,
  dueCampaigns,
  extendLease,
  nudgeCampaign,
  releaseCampaign,
} from './claims';
import { insertCampaign, type NewCampaign } from './insertCampaign';
import { readLibraries, readReleases } from './libraries';
import {
  countHidden,
  pageOfItems,
  readStandings,
  tallyItems,
} from './readItems';
import { toCampaign, type CampaignRow } from './rows';
import type {
  CampaignApproval,
  PlacedItem,
  PlannedItem,
  StoredCampaign,
} from './StoredCampaign';

const MOST_LISTED = 200;

/** What changes of a campaign; what is left out stays. */
export interface CampaignChange {
  state?: CampaignState;
  reason?: Reason | null;
  wave?: number;
  accepted?: Record<string, number>;
  startedBy?: string;
  startedAt?: string;
  endedAt?: string | null;
  endedBy?: string;
}

/** Thrown where another process has taken the campaign on meanwhile. */
export class CampaignLostError extends Error {}

/** Campaigns in the plugin's database. */
export class DatabaseCampaignStore {
  constructor(private readonly knex: Knex) {}

  /** Of these repositories those that the reader may see. */
  async visible(ids: readonly string[], visibility: Visibility) {
    const these = dialectOf(this.knex).oneOf('id', ids);
    const seen = inVisibleRepositories(this.knex, 'id', visibility);
    const rows: { id: string; name: string }[] = await this.knex('repositories')
      .whereRaw(these.sql, these.bindings)
      .whereRaw(seen.sql, seen.bindings)
      .orderBy(['name', 'id'])
      .select('id', 'name');
    return rows;
  }

  create(
    request: NewCampaign,
    repositoryIds: readonly string[],
    now: Date,
  ): Promise<StoredCampaign> {
    return this.knex.transaction(async trx =>
      this.#touch(trx, await insertCampaign(trx, request, repositoryIds, now)),
    );
  }

  async get(id: string): Promise<StoredCampaign | undefined> {
    const row = await this.knex('campaigns')
      .where({ id: storable(id) })
      .first('*');
    return row && toCampaign(row);
  }

  /** Newest first. */
  async list(): Promise<StoredCampaign[]> {
    const rows: CampaignRow[] = await this.knex('campaigns')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(MOST_LISTED);
    return rows.map(toCampaign);
  }

  async revision(): Promise<number> {
    return (await readRevisions(this.knex)).value;
  }

  /** Approvals of the plans as they are now that have not run out. */
  async approvals(
    ids: readonly string[],
    now: Date,
  ): Promise<Map<string, CampaignApproval[]>> {
    const these = dialectOf(this.knex).oneOf('a.campaign_id', ids);
    const rows = await this.knex('campaign_approvals as a')
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

  tally(ids: readonly string[], visibility: Visibility) {
    return tallyItems(this.knex, ids, visibility);
  }

  hidden(id: string, visibility: Visibility) {
    return countHidden(this.knex, id, visibility);
  }

  page(
    id: string,
    query: CampaignItemQuery,
    visibility: Visibility,
    now: Date,
  ) {
    return pageOfItems(this.knex, id, query, visibility, now);
  }

  standings(id: string, trx: Knex = this.knex) {
    return readStandings(trx, id);
  }

  /** Plans that nothing is begun with, as approvals are missing. */
  async waitingPlans(trx: Knex.Transaction, id: string): Promise<number> {
    const [{ n }] = await trx('campaign_items as i')
      .join('plans as p', 'p.id', 'i.plan_id')
      .where({ 'i.campaign_id': id, 'p.state': 'waiting' })
      .count({ n: '*' });
    return Number(n);
  }

  libraries(repositoryIds: readonly string[]) {
    return readLibraries(this.knex, repositoryIds);
  }

  releases(packageIds: readonly number[]) {
    return readReleases(this.knex, packageIds);
  }

  due(now: Date) {
    return dueCampaigns(this.knex, now);
  }

  claim(id: string, times: { now: Date; leaseUntil: Date }) {
    return claimCampaign(this.knex, id, times);
  }

  extend(of: Pick<StoredCampaign, 'id' | 'fence'>, leaseUntil: Date) {
    return extendLease(this.knex, of, leaseUntil);
  }

  release(
    of: Pick<StoredCampaign, 'id' | 'fence' | 'nudges'>,
    dueAt: Date | null,
  ) {
    return releaseCampaign(this.knex, of, dueAt);
  }

  nudge(id: string, now: Date) {
    return nudgeCampaign(this.knex, id, now);
  }

  /** What came of planning. */
  savePlanned(id: string, planned: readonly PlannedItem[]) {
    return this.#change(id, async trx => {
      await writePlanned(trx, id, planned);
      await this.#rehash(trx, id);
    });
  }

  /** Null where no plan was superseded. */
  async followSuperseded(id: string): Promise<StoredCampaign | null> {
    return this.knex.transaction(async trx => {
      if ((await followSuperseded(trx, id)) === 0) return null;
      await this.#rehash(trx, id);
      return this.#touch(trx, id);
    });
  }

  /** What these repositories wait for; without a revision where nothing changes. */
  saveReasons(id: string, reasons: ReadonlyMap<string, Reason | null>) {
    return this.#change(id, trx => writeReasons(trx, id, reasons));
  }

  /** All is planned: each repository has its place. */
  savePlaces(
    of: Pick<StoredCampaign, 'id' | 'fence'>,
    placed: readonly PlacedItem[],
    waveCount: number,
  ) {
    return this.#change(of.id, async trx => {
      const rows = await trx('campaigns')
        .where({ id: of.id, fence: of.fence, state: 'planning' })
        .update({ state: 'draft', wave_count: waveCount });
      if (rows !== 1) throw new CampaignLostError(of.id);
      await writePlaces(trx, of.id, placed);
      await this.#rehash(trx, of.id);
    });
  }

  /** What the process that has it makes of it. */
  save(
    of: Pick<StoredCampaign, 'id' | 'fence' | 'state'>,
    change: CampaignChange,
  ) {
    return this.#change(of.id, async trx => {
      const rows = await trx('campaigns')
        .where({ id: of.id, fence: of.fence, state: of.state })
        .update(toColumns(change));
      if (rows !== 1) throw new CampaignLostError(of.id);
    });
  }

  /**
   * What a person makes of it, in one of these states.
   *
   * @throws ConflictError in another one
   */
  act(
    id: string,
    from: readonly CampaignState[],
    now: Date,
    act: (
      trx: Knex.Transaction,
      campaign: StoredCampaign,
    ) => Promise<CampaignChange>,
  ) {
    return this.#change(id, async trx => {
      const row: CampaignRow | undefined = await dialectOf(trx)
        .lockRows(trx('campaigns').where({ id }))
        .first('*');
      if (!row) throw new NotFoundError(`There is no campaign '${id}'.`);
      const campaign = toCampaign(row);
      if (!from.includes(campaign.state)) {
        throw new ConflictError(
          `The campaign is ${
            campaign.state
          }; that is done while it is ${from.join(' or ')}.`,
        );
      }
      await trx('campaigns')
        .where({ id })
        .update({
          ...toColumns(await act(trx, campaign)),
          ...{ due_at: now.toISOString(), nudges: trx.raw('nudges + 1') },
        });
    });
  }

  approve(trx: Knex.Transaction, decision: CampaignDecision, now: Date) {
    return approvePlans(trx, decision, now);
  }

  /** Exactly what was looked at may be applied from now on. */
  async releasePlans(
    trx: Knex.Transaction,
    id: string,
    hash: string,
  ): Promise<void> {
    await assertHash(trx, id, hash);
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

  /** These are planned again. */
  async planAgain(
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

  /** What is held back asks again. */
  async wake(trx: Knex.Transaction, id: string, now: Date): Promise<void> {
    await trx('remediations')
      .where({ campaign_id: id, state: 'blocked' })
      .whereNull('ended_at')
      .update({ due_at: now.toISOString(), nudges: trx.raw('nudges + 1') });
  }

  /** Repositories without a plan, and who has them planned. */
  async unplanned(
    id: string,
  ): Promise<{ repositoryId: string; requestedBy: string }[]> {
    return this.knex('campaign_items')
      .where({ campaign_id: id, plan_id: null, outcome: null })
      .orderBy('position')
      .select('repository_id as repositoryId', 'requested_by as requestedBy');
  }

  async #rehash(trx: Knex.Transaction, id: string): Promise<void> {
    await trx('campaigns')
      .where({ id })
      .update({ hash: await hashItems(trx, id) });
  }

  #change(
    id: string,
    change: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<StoredCampaign> {
    return this.knex.transaction(async trx => {
      await change(trx);
      return this.#touch(trx, id);
    });
  }

  async #touch(trx: Knex.Transaction, id: string): Promise<StoredCampaign> {
    const revision = await drawRevision(trx);
    const [row]: CampaignRow[] = await trx('campaigns')
      .where({ id })
      .update({ revision })
      .returning('*');
    if (!row) throw new NotFoundError(`There is no campaign '${id}'.`);
    return toCampaign(row);
  }
}

function toColumns(change: CampaignChange): Partial<CampaignRow> {
  const { state, reason, wave, accepted, startedBy, startedAt } = change;
  const { endedAt, endedBy } = change;
  return {
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason: reason && storableJson(reason) }),
    ...(wave !== undefined && { wave }),
    ...(accepted && { accepted: JSON.stringify(accepted) }),
    ...(startedBy !== undefined && { started_by: startedBy }),
    ...(startedAt !== undefined && { started_at: startedAt }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(endedBy !== undefined && { ended_by: endedBy }),
  };
}
