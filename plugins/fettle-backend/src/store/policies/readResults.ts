import type {
  PolicyCounts,
  PolicyStatus,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { readRevisions } from '../revisions';
import type { StoredPolicies } from './PolicyStore';
import type { PolicyEventRow, ResultRow } from './rows';

const MOST_HISTORY = 100;

/** How one repository stands against each policy, and how that changed. */
export async function readResults(
  knex: Knex,
  repositoryId: string,
): Promise<StoredPolicies> {
  const mine = { repository_id: repositoryId };
  const { value: revision } = await readRevisions(knex);
  const state = await knex('policy_states')
    .where(mine)
    .first('evaluated_at', 'commit');
  const rows: ResultRow[] = await knex('policy_results')
    .where(mine)
    .orderBy('policy_id')
    .select('*');
  const events: PolicyEventRow[] = await knex('policy_events')
    .where(mine)
    .orderBy('id', 'desc')
    .limit(MOST_HISTORY)
    .select('*');
  return {
    results: rows.map(row => ({
      policyId: row.policy_id,
      status: row.status as PolicyStatus,
      message: row.message,
      since: row.since,
      ...JSON.parse(row.detail),
    })),
    history: events.map(row => ({
      policyId: row.policy_id,
      at: row.at,
      from: row.from as PolicyStatus | null,
      to: row.to as PolicyStatus | null,
      message: row.message,
      commit: row.commit,
    })),
    evaluatedAt: state?.evaluated_at ?? null,
    commit: state?.commit ?? null,
    revision,
  };
}

/** How many of the repositories that a reader may see stand how, by policy. */
export async function countResults(
  knex: Knex,
  visibility: Visibility,
): Promise<{ counts: Map<string, PolicyCounts>; revision: number }> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'repository_id', visibility);
  const rows: {
    policy_id: string;
    status: PolicyStatus;
    number: number | string;
  }[] = await knex('policy_results')
    .whereRaw(visible.sql, visible.bindings)
    .groupBy('policy_id', 'status')
    .select('policy_id', 'status')
    .count({ number: '*' });
  const counts = new Map<string, PolicyCounts>();
  for (const { policy_id: id, status, number } of rows) {
    const of = counts.get(id) ?? { ...NO_COUNTS };
    counts.set(id, { ...of, [status]: Number(number) });
  }
  return { counts, revision };
}

export const NO_COUNTS: Readonly<PolicyCounts> = {
  ...{ kept: 0, violated: 0, error: 0, unknown: 0 },
};
