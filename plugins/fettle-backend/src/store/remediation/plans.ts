import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { sha256 } from '../../remediate/plan/sha256';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import { lockRepository } from '../security/observe';
import { storable, storableJson } from '../storable';
import type { ApprovalRow, PlanRow } from './rows';
import { toPlan } from './rows';
import type { NewPlan, StoredApproval, StoredPlan } from './StoredPlan';

/** States of a plan that may still be applied, or that says why it may not. */
export const LIVE_PLANS = [
  'ready',
  'waiting',
  'impossible',
  'empty',
  'rejected',
] as const;

/** Plans for the same problems are found by this. */
export function keysOf(problems: readonly { key: string }[]): string {
  return sha256(JSON.stringify(problems.map(({ key }) => key).sort()));
}

/**
 * Keeps a plan. One of the same hash that is live is the same plan: it is
 * brought up to what was read now. Others for the same problems are superseded.
 */
export async function savePlan(
  knex: Knex,
  plan: NewPlan,
  now: Date,
): Promise<{ id: string; isNew: boolean; revision: number | null }> {
  const at = now.toISOString();
  const keys = keysOf(plan.problems);
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, plan.repositoryId))) {
      throw new NotFoundError(
        `The repository of the plan '${plan.title}' is gone.`,
      );
    }
    const live: Pick<
      PlanRow,
      'id' | 'hash' | 'state' | 'expires_at' | 'approvals_needed'
    >[] = await trx('plans')
      .where({ repository_id: plan.repositoryId, problem_keys: keys })
      .where({ playbook_id: plan.playbookId })
      .where(campaign =>
        plan.campaignId === null
          ? campaign.whereNull('campaign_id')
          : campaign.where({ campaign_id: plan.campaignId }),
      )
      .whereIn('state', LIVE_PLANS)
      .select('id', 'hash', 'state', 'expires_at', 'approvals_needed');
    const lasting = live.filter(
      ({ expires_at: end }) => end === null || end > at,
    );
    const same = lasting.find(
      one =>
        one.hash === plan.hash &&
        // An obstacle that came or went is another state, with the same hash.
        (one.state === 'rejected' ||
          isActive(one.state) === isActive(plan.state)) &&
        // An agent's needs more: it holds up nobody who may do without.
        (!isActive(one.state) || one.approvals_needed <= plan.approvalsNeeded),
    );
    if (same) {
      await trx('plans')
        .where({ id: same.id })
        .update({
          ...{ checked_at: at, commit: plan.commit, base: plan.base },
          inputs: storableJson(plan.inputs),
          notes: notesOf(plan),
        });
      return { id: same.id, isNew: false, revision: null };
    }
    const id = randomUUID();
    const revision = await drawRevision(trx);
    await trx('plans')
      .whereIn(
        'id',
        live.map(one => one.id),
      )
      .update({ state: 'superseded', superseded_by: id, revision });
    await trx('plans').insert(toRow(id, plan, { at, keys, revision }));
    return { id, isNew: true, revision };
  });
}

const isActive = (state: string) => state === 'ready' || state === 'waiting';

function notesOf({ obstacles, notes, unmended }: NewPlan): string {
  return storableJson({ obstacles, notes, unmended });
}

function toRow(
  id: string,
  plan: NewPlan,
  { at, keys, revision }: { at: string; keys: string; revision: number },
): PlanRow {
  return {
    ...{ id, hash: plan.hash, content_hash: plan.contentHash },
    before_hash: plan.beforeHash,
    playbook_id: plan.playbookId,
    playbook_digest: plan.playbookDigest,
    playbook_title: storable(plan.playbookTitle),
    level: plan.level,
    repository_id: plan.repositoryId,
    host: plan.host,
    campaign_id: plan.campaignId,
    title: storable(plan.title),
    state: plan.state,
    problems: storableJson(plan.problems),
    problem_keys: keys,
    ...{ commit: plan.commit, base: plan.base },
    files: storableJson(plan.files),
    edits: storableJson(plan.edits),
    inputs: storableJson(plan.inputs),
    actions: storableJson(plan.actions),
    notes: notesOf(plan),
    files_changed: plan.filesChanged,
    lines_changed: plan.linesChanged,
    reversible: plan.reversible ? 1 : 0,
    requested_by: plan.requestedBy,
    ...{ created_at: at, checked_at: at, expires_at: plan.expiresAt },
    approvals_needed: plan.approvalsNeeded,
    ...{ remediation_id: null, superseded_by: null, revision },
  };
}

/** Undefined where there is none. */
export async function getPlan(
  knex: Knex,
  id: string,
): Promise<StoredPlan | undefined> {
  const row = await knex('plans as p')
    .join('repositories as r', 'r.id', 'p.repository_id')
    .where('p.id', storable(id))
    .first('p.*', 'r.name as repository');
  if (!row) return undefined;
  return toPlan(row, await loadApprovals(knex, [row.id]));
}

export async function loadApprovals(
  knex: Knex,
  planIds: readonly string[],
): Promise<ApprovalRow[]> {
  const { sql, bindings } = dialectOf(knex).oneOf('plan_id', planIds);
  return knex('plan_approvals').whereRaw(sql, bindings).orderBy('id');
}

/** The plan for exactly these problems that is live; without one that has expired. */
export async function findLivePlan(
  knex: Knex,
  of: { playbookId: string; repositoryId: string; keys: string },
  now: Date,
): Promise<
  | Pick<
      PlanRow,
      'id' | 'hash' | 'state' | 'commit' | 'checked_at' | 'playbook_digest'
    >
  | undefined
> {
  return knex('plans')
    .where({ playbook_id: of.playbookId, repository_id: of.repositoryId })
    .where({ problem_keys: of.keys, campaign_id: null })
    .whereIn('state', LIVE_PLANS)
    .where(lasting =>
      lasting
        .whereNull('expires_at')
        .orWhere('expires_at', '>', now.toISOString()),
    )
    .orderBy('created_at', 'desc')
    .first('id', 'hash', 'state', 'commit', 'checked_at', 'playbook_digest');
}

/** Live plans of a playbook in a repository for other problems than these are over. */
export async function supersedeOthers(
  knex: Knex,
  of: { playbookId: string; repositoryId: string; keys: readonly string[] },
): Promise<number | null> {
  const stale = () =>
    knex('plans')
      .where({ playbook_id: of.playbookId, repository_id: of.repositoryId })
      .where({ campaign_id: null, requested_by: 'fettle' })
      .whereIn('state', LIVE_PLANS)
      .whereNotIn('problem_keys', of.keys)
      .select('id');
  if ((await stale()).length === 0) return null;
  return knex.transaction(async trx => {
    const ids = (await stale().transacting(trx)).map(({ id }) => id);
    const revision = await drawRevision(trx);
    await trx('plans')
      .whereIn('id', ids)
      .update({ state: 'superseded', revision });
    return revision;
  });
}

/** Keeps what a person said, and what the plan comes to by it. */
export async function saveApproval(
  knex: Knex,
  planId: string,
  approval: StoredApproval,
  settle: (plan: StoredPlan) => Pick<StoredPlan, 'state' | 'expiresAt'>,
): Promise<{ plan: StoredPlan; revision: number }> {
  return knex.transaction(async trx => {
    await dialectOf(trx)
      .lockRows(trx('plans').where({ id: planId }))
      .first('id');
    const plan = await getPlan(trx, planId);
    if (!plan) throw new NotFoundError(`There is no plan '${planId}'.`);
    if (!isActive(plan.state) || plan.hash !== approval.planHash) {
      throw new ConflictError(
        `The plan is ${plan.state}: look at it again before you decide.`,
      );
    }
    await trx('plan_approvals')
      .insert({
        ...{ plan_id: planId, plan_hash: approval.planHash },
        ...{ actor: approval.actor, decision: approval.decision },
        reason: approval.reason === null ? null : storable(approval.reason),
        ...{ at: approval.at, expires_at: approval.expiresAt },
      })
      .onConflict(['plan_id', 'actor'])
      .merge();
    const approvals = [
      ...plan.approvals.filter(({ actor }) => actor !== approval.actor),
      approval,
    ];
    const next = settle({ ...plan, approvals });
    const revision = await drawRevision(trx);
    await trx('plans')
      .where({ id: planId })
      .update({ state: next.state, expires_at: next.expiresAt, revision });
    return { plan: { ...plan, approvals, ...next, revision }, revision };
  });
}
