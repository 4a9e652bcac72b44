import { NotFoundError } from '@backstage/errors';
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
import { storable } from '../storable';
import { toColumns, type CampaignChange } from './CampaignChange';
import {
  approvePlans,
  assertHash,
  type CampaignDecision,
} from './approvePlans';
import {
  followSuperseded,
  hashItems,
  planItemsAgain,
  releaseItems,
  writePlaces,
  writePlanned,
  writeReasons,
} from './changeItems';
import {
  claimCampaign,
  dueCampaigns,
  extendLease,
  lockCampaign,
  nudgeCampaign,
  releaseCampaign,
} from './claims';
import { insertCampaign, type NewCampaign } from './insertCampaign';
import { readLibraries, readReleases } from './libraries';
import { readApprovals } from './readApprovals';
import {
  countHidden,
  countWaiting,
  pageOfItems,
  readStandings,
  readUnplanned,
  tallyItems,
} from './readItems';
import { toCampaign, type CampaignRow } from './rows';
import type { PlacedItem, PlannedItem, StoredCampaign } from './StoredCampaign';

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

  /** The newest 200, newest first. */
  async list(): Promise<StoredCampaign[]> {
    const rows: CampaignRow[] = await this.knex('campaigns')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(200);
    return rows.map(toCampaign);
  }

  async revision(): Promise<number> {
    return (await readRevisions(this.knex)).value;
  }

  /** Approvals of the plans as they are now that have not run out. */
  approvals(ids: readonly string[], now: Date) {
    return readApprovals(this.knex, ids, now);
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
  waitingPlans(trx: Knex.Transaction, id: string) {
    return countWaiting(trx, id);
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
      const campaign = await lockCampaign(trx, id, from);
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
    await releaseItems(trx, id);
  }

  planAgain(
    trx: Knex.Transaction,
    id: string,
    repositoryIds: readonly string[],
    requestedBy: string,
  ) {
    return planItemsAgain(trx, id, repositoryIds, requestedBy);
  }

  /** What is held back asks again. */
  async wake(trx: Knex.Transaction, id: string, now: Date): Promise<void> {
    await trx('remediations')
      .where({ campaign_id: id, state: 'blocked' })
      .whereNull('ended_at')
      .update({ due_at: now.toISOString(), nudges: trx.raw('nudges + 1') });
  }

  unplanned(id: string) {
    return readUnplanned(this.knex, id);
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
