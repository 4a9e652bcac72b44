import type {
  PlanQuery,
  RemediationQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { AutomationConfig } from '../../remediate/AutomationConfig';
import type { Admission } from '../../remediate/limits/decideAdmission';
import type { Visibility } from '../FettleStore';
import { storable } from '../storable';
import { admit, takeLock, wouldHold, type AdmissionRequest } from './admit';
import { readKillSwitch, readStopped, setKillSwitch } from './automationState';
import { closeBreaker, listBreakers } from './breakers';
import {
  askCancel,
  claimRemediation,
  dueRemediations,
  extendLease,
  keepDecision,
  nudgeAll,
  nudgeRepository,
} from './claims';
import { countProblems, readCoverage, type Counted } from './countProblems';
import { readSharedUse } from './limitUse';
import { dueLookouts, lookoutRevision, saveLookout } from './lookouts';
import { DatabaseScheduleStore } from './DatabaseScheduleStore';
import { observeProblems, type Observed } from './observeProblems';
import {
  findLivePlan,
  getPlan,
  saveApproval,
  savePlan,
  supersedeOthers,
} from './plans';
import {
  findRemediation,
  listPlans,
  listRemediations,
} from './readRemediations';
import { toRemediation, type RemediationRow } from './rows';
import {
  saveAdmission,
  saveTransition,
  type Transition,
} from './saveTransition';
import { startRemediation, type Start } from './startRemediation';
import { underWay } from './underWay';
import type { NewPlan, StoredApproval, StoredPlan } from './StoredPlan';
import type { Decision, StoredRemediation } from './StoredRemediation';

interface SaveOptions {
  now: Date;
  /** Keeps the claim for the next transition. */
  keep: boolean;
}

/** Problems, plans and remediations in the plugin's database. */
export class DatabaseRemediationStore {
  constructor(
    private readonly knex: Knex,
    private readonly config: AutomationConfig,
  ) {}

  observe(observed: Observed, now: Date) {
    return observeProblems(this.knex, observed, now);
  }

  savePlan(plan: NewPlan, now: Date) {
    return savePlan(this.knex, plan, now);
  }

  getPlan(id: string) {
    return getPlan(this.knex, id);
  }

  findLivePlan(
    of: { playbookId: string; repositoryId: string; keys: string },
    now: Date,
  ) {
    return findLivePlan(this.knex, of, now);
  }

  supersedeOthers(of: {
    playbookId: string;
    repositoryId: string;
    keys: readonly string[];
  }) {
    return supersedeOthers(this.knex, of);
  }

  saveApproval(
    planId: string,
    approval: StoredApproval,
    settle: (plan: StoredPlan) => Pick<StoredPlan, 'state' | 'expiresAt'>,
  ) {
    return saveApproval(this.knex, storable(planId), approval, settle);
  }

  start(start: Start, now: Date) {
    return startRemediation(this.knex, start, now);
  }

  async get(id: string): Promise<StoredRemediation | undefined> {
    const row: RemediationRow | undefined = await this.knex('remediations')
      .where({ id: storable(id) })
      .first('*');
    return row && toRemediation(row);
  }

  claim(id: string, times: { now: Date; leaseUntil: Date }) {
    return claimRemediation(this.knex, id, times);
  }

  extend(of: Pick<StoredRemediation, 'id' | 'fence'>, leaseUntil: Date) {
    return extendLease(this.knex, of, leaseUntil);
  }

  due(options: { now: Date; limit: number }) {
    return dueRemediations(this.knex, options);
  }

  nudge(repositoryId: string, now: Date) {
    return nudgeRepository(this.knex, repositoryId, now);
  }

  nudgeAll(now: Date) {
    return nudgeAll(this.knex, now);
  }

  askCancel(id: string, cancel: { actor: string; reason: string }, now: Date) {
    return askCancel(this.knex, storable(id), cancel, now);
  }

  decide(id: string, stepId: string, decision: Decision, now: Date) {
    return keepDecision(
      ...([this.knex, storable(id), storable(stepId), decision, now] as const),
    );
  }

  save(before: StoredRemediation, next: Transition, options: SaveOptions) {
    const { breaker } = this.config;
    return saveTransition(this.knex, before, next, { ...options, breaker });
  }

  saveAdmission(
    before: StoredRemediation,
    asking: AdmissionRequest,
    toTransition: (admission: Admission) => Transition,
    options: SaveOptions,
  ) {
    const { breaker } = this.config;
    return saveAdmission(
      this.knex,
      before,
      trx => admit(trx, asking, this.config, options.now),
      toTransition,
      { ...options, breaker },
    );
  }

  wouldHold(asking: AdmissionRequest, now: Date) {
    return wouldHold(this.knex, asking, this.config, now);
  }

  takeLock(repositoryId: string, remediationId: string, now: Date) {
    return takeLock(this.knex, repositoryId, remediationId, now);
  }

  killSwitch() {
    return readKillSwitch(this.knex);
  }

  stopped() {
    return readStopped(this.knex);
  }

  setKillSwitch(to: { on: boolean; reason: string; actor: string }, now: Date) {
    return setKillSwitch(this.knex, to, now);
  }

  breakers() {
    return listBreakers(this.knex);
  }

  /** Closes a breaker, and wakes what it held back; null where it is not open. */
  closeBreaker(playbookId: string, target: string, now: Date) {
    return closeBreaker(
      ...([this.knex, storable(playbookId), storable(target), now] as const),
    );
  }

  listPlans(query: PlanQuery, visibility: Visibility, now: Date) {
    return listPlans(this.knex, query, visibility, now);
  }

  listRemediations(
    query: RemediationQuery,
    visibility: Visibility,
    repositoryId?: string,
  ) {
    return listRemediations(this.knex, query, visibility, repositoryId);
  }

  find(id: string, visibility: Visibility) {
    return findRemediation(this.knex, id, visibility);
  }

  underWay(repositoryId: string) {
    return underWay(this.knex, repositoryId);
  }

  countProblems(
    playbooks: readonly Counted[],
    visibility: Visibility,
    now: Date,
  ) {
    return countProblems(this.knex, playbooks, visibility, now);
  }

  coverage(visibility: Visibility) {
    return readCoverage(this.knex, visibility);
  }

  sharedUse(now: Date) {
    return readSharedUse(this.knex, now);
  }

  dueLookouts(options: {
    digest: string;
    now: Date;
    after: string;
    limit: number;
  }) {
    return dueLookouts(this.knex, options);
  }

  lookoutRevision() {
    return lookoutRevision(this.knex);
  }

  saveLookout(lookout: Parameters<typeof saveLookout>[1]) {
    return saveLookout(this.knex, lookout);
  }

  get schedules() {
    return new DatabaseScheduleStore(this.knex);
  }

  /** The commit that was read last. */
  async headOf(repositoryId: string): Promise<string | null> {
    const row = await this.knex('repositories')
      .where({ id: storable(repositoryId) })
      .first('head_commit');
    return row?.head_commit ?? null;
  }

  /** Whether a person closed exactly this. */
  async isClosed({
    playbookId,
    repositoryId,
    contentHash,
  }: Pick<
    StoredPlan,
    'playbookId' | 'repositoryId' | 'contentHash'
  >): Promise<boolean> {
    const row = await this.knex('closed_contents')
      .where({ playbook_id: playbookId, repository_id: repositoryId })
      .where({ content_hash: contentHash })
      .first('at');
    return row !== undefined;
  }

  /** How often the same plan was applied to the repository before. */
  async countEarlier({
    id,
    repositoryId,
    planHash,
    createdAt,
  }: StoredRemediation): Promise<number> {
    const [{ n }] = await this.knex('remediations')
      .where({ repository_id: repositoryId, plan_hash: planHash })
      .where('created_at', '<=', createdAt)
      .whereNot({ id })
      .count({ n: '*' });
    return Number(n);
  }
}
