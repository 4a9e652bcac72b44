import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { nameOf } from '../../remediate/nameOf';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import { storable, storableJson } from '../storable';
import { getPlan } from './plans';
import type { PlanProblem, StoredPlan } from './StoredPlan';
import { NO_PROGRESS } from './StoredRemediation';
import { mendedBy } from './unmended';

/** Who applies which plan. */
export interface Start {
  planId: string;
  hash: string;
  /** Entity ref; `fettle` for itself. */
  actor: string;
  /** Throws where the plan may not be applied. */
  assert: (plan: StoredPlan) => void;
  message: string;
}

/** Begins to apply a plan, once: asked again it gives what it began. */
export async function startRemediation(
  knex: Knex,
  { planId, hash, actor, assert, message }: Start,
  now: Date,
): Promise<{ id: string; isNew: boolean; revision: number }> {
  const at = now.toISOString();
  return knex.transaction(async trx => {
    await dialectOf(trx)
      .lockRows(trx('plans').where({ id: storable(planId) }))
      .first('id');
    const plan = await getPlan(trx, planId);
    if (!plan) throw new NotFoundError(`There is no plan '${planId}'.`);
    if (plan.hash !== hash) {
      throw new ConflictError(
        `The plan has another hash than the one that was looked at: look at it again.`,
      );
    }
    if (plan.remediationId !== null) {
      return {
        ...{ id: plan.remediationId, isNew: false, revision: plan.revision },
      };
    }
    assert(plan);
    const id = randomUUID();
    const attached = await attachedTo(trx, plan);
    const approvers = plan.approvals.filter(
      ({ decision }) => decision === 'approved',
    );
    const personActed = actor !== 'fettle' || approvers.length > 0;
    await trx('remediations').insert({
      id,
      ...{ plan_id: plan.id, plan_hash: plan.hash },
      ...{ content_hash: plan.contentHash, before_hash: plan.beforeHash },
      playbook_id: plan.playbookId,
      playbook_title: plan.playbookTitle,
      level: plan.level,
      ...{ repository_id: plan.repositoryId, host: plan.host },
      campaign_id: plan.campaignId,
      ...{ title: plan.title, state: 'applying', stage: 'admit' },
      problems: storableJson(attached),
      progress: storableJson(NO_PROGRESS),
      decisions: '{}',
      person_acted: personActed ? 1 : 0,
      ...{ started_by: actor, created_at: at, state_since: at, due_at: at },
      ...{ files_changed: plan.filesChanged, lines_changed: plan.linesChanged },
      revision: 0,
    });
    await trx('remediation_events').insert([
      ...approvers.map(approval => ({
        ...{ remediation_id: id, at: approval.at, event: 'approved' },
        ...{ message: approvedBy(approval), actor: approval.actor },
      })),
      {
        ...{ remediation_id: id, at, event: 'started', message },
        actor: actor === 'fettle' ? null : actor,
      },
    ]);
    await trx('playbook_problems')
      .whereIn('id', ids(plan.problems))
      .update({ plan_id: plan.id, remediation_id: id });
    await trx('playbook_problems')
      .whereIn('id', ids(attached))
      .update({
        ...{ outcome: null, outcome_at: null },
        playbook_digest: plan.playbookDigest,
        ...(personActed ? { person_acted: 1 } : {}),
      });
    const revision = await drawRevision(trx);
    await trx('remediations').where({ id }).update({ revision });
    await trx('plans')
      .where({ id: plan.id })
      .update({ state: 'applied', remediation_id: id, revision });
    return { id, isNew: true, revision };
  });
}

/** The problems that it is about: people know of those that an earlier one left, as this one does. */
async function attachedTo(
  trx: Knex.Transaction,
  plan: StoredPlan,
): Promise<PlanProblem[]> {
  const mended = new Set(mendedBy(plan));
  // One that mends none only tells of them.
  if (mended.size === 0) return plan.problems;
  const told: { id: string }[] = await trx('playbook_problems')
    .whereIn('id', ids(plan.problems))
    .where({ outcome: 'escalated' })
    .select('id');
  const known = new Set(ids(told));
  return plan.problems.filter(one => mended.has(one) || !known.has(one.id));
}

function ids(of: readonly { id: string }[]): string[] {
  return of.map(({ id }) => id);
}

function approvedBy({ actor, reason }: StoredPlan['approvals'][number]) {
  const told = reason === null ? '.' : `: ${reason}`;
  return `${nameOf(actor)} approved the plan${told}`;
}
