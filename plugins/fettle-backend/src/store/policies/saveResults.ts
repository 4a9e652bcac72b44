import type { PolicyStatus } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Outcome } from '../../policies/evaluatePolicy';
import { drawRevision } from '../revisions';
import { lockRepository } from '../security/observe';
import { storable, storableJson } from '../storable';
import { deleteRows, upsertRows } from '../writeRows';
import type { Evaluation, PolicyChange } from './PolicyStore';
import { RESULTS, STATES, type ResultRow, type StateRow } from './rows';

/** Brings an evaluation into force, with what changed by it. */
export async function saveResults(
  knex: Knex,
  evaluation: Evaluation,
  now: Date,
): Promise<{ revision: number | null; changes: PolicyChange[] }> {
  const { repositoryId, outcomes, digest, seenRevision, commit } = evaluation;
  const at = now.toISOString();
  return knex.transaction(async trx => {
    const nothing = { revision: null, changes: [] };
    if (!(await lockRepository(trx, repositoryId))) return nothing;
    const state: StateRow | undefined = await trx('policy_states')
      .where({ repository_id: repositoryId })
      .first('*');
    if (state && Number(state.seen_revision) > seenRevision) return nothing;

    const rows: ResultRow[] = await trx('policy_results')
      .where({ repository_id: repositoryId })
      .select('*');
    const before = new Map(rows.map(row => [row.policy_id, row]));
    const written: ResultRow[] = [];
    const changes: PolicyChange[] = [];
    for (const [policyId, outcome] of outcomes) {
      const old = before.get(policyId);
      before.delete(policyId);
      const row = toRow(repositoryId, policyId, outcome, old, at);
      if (!old || differs(old, row)) written.push(row);
      if (old?.status !== row.status) {
        const from = (old?.status ?? null) as PolicyStatus | null;
        const { status: to, message } = outcome;
        changes.push({ policyId, from, to, message });
      }
    }
    for (const [policyId, { status }] of before) {
      const from = status as PolicyStatus;
      changes.push({ policyId, from, to: null, message: 'Not judged now.' });
    }

    const visible = written.length > 0 || before.size > 0;
    const revision = visible ? await drawRevision(trx) : null;
    await upsertRows(trx, RESULTS, written);
    await deleteRows(
      ...([trx, 'policy_results', ['repository_id', 'policy_id']] as const),
      [...before.keys()].map(policyId => [repositoryId, policyId]),
    );
    await trx.batchInsert(
      'policy_events',
      changes.map(({ policyId, from, to, message }) => ({
        ...{ repository_id: repositoryId, policy_id: policyId, at },
        ...{ from, to, message: storable(message), commit },
      })),
      100,
    );
    await upsertRows(trx, STATES, [
      {
        repository_id: repositoryId,
        digest,
        seen_revision: seenRevision,
        evaluated_at: at,
        due_at: evaluation.dueAt.toISOString(),
        commit,
        revision: revision ?? Number(state?.revision ?? 0),
      },
    ]);
    return { revision, changes };
  });
}

function toRow(
  repositoryId: string,
  policyId: string,
  { status, message, reason, caveats, rests }: Outcome,
  old: ResultRow | undefined,
  at: string,
): ResultRow {
  return {
    repository_id: repositoryId,
    policy_id: policyId,
    ...{ status, message: storable(message) },
    detail: storableJson({ reason, caveats, rests }),
    since: old?.status === status ? old.since : at,
    // One violation lasts until the policy is kept again.
    notified_at: status === 'kept' ? null : old?.notified_at ?? null,
  };
}

const COMPARED = ['status', 'message', 'detail', 'notified_at'] as const;

function differs(a: ResultRow, b: ResultRow): boolean {
  return COMPARED.some(column => a[column] !== b[column]);
}
