import type { Knex } from 'knex';
import type { ExceptionRow } from '../security/rows';
import { dialectOf } from '../Dialect';
import type { RepositoryEvidence } from './ComplianceStore';

/** How one repository stands and what became of it in a period. */
export async function loadEvidence(
  knex: Knex,
  repositoryId: string,
  { from, to }: { from: string; to: string },
): Promise<RepositoryEvidence | undefined> {
  const mine = { repository_id: repositoryId };
  const repository = await knex('repositories')
    .where({ id: repositoryId })
    .first('remote', 'head_commit', 'collected_at');
  if (!repository) return undefined;
  const verdicts = await knex('verdicts')
    .where({ ...mine, subpath: '' })
    .orderBy('check_id')
    .select({
      ...{ check: 'check_id', status: 'status' },
      ...{ message: 'message', since: 'since' },
    });
  const policies = await knex('policy_results')
    .where(mine)
    .orderBy('policy_id')
    .select({
      ...{ policy: 'policy_id', status: 'status' },
      ...{ message: 'message', since: 'since' },
    });
  const evaluated = await knex('policy_states').where(mine).first('commit');
  const history = [
    ...(await verdictChanges(knex, repositoryId, from, to)),
    ...(await policyChanges(knex, repositoryId, from, to)),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return {
    remote: repository.remote,
    commit: repository.head_commit,
    collectedAt: repository.collected_at,
    ...{ verdicts, policies, history, evaluated: evaluated !== undefined },
    exceptions: await exceptionsOf(knex, repositoryId, from, to),
  };
}

type Change = RepositoryEvidence['history'][number];

async function verdictChanges(
  knex: Knex,
  repositoryId: string,
  from: string,
  to: string,
): Promise<Change[]> {
  const rows: { at: string; commit: string | null; verdicts: string }[] =
    await knex('history_changes')
      .where({ repository_id: repositoryId, subpath: '' })
      .where('at', '>=', from)
      .where('at', '<', to)
      .select('at', 'commit', 'verdicts');
  return rows.flatMap(({ at, commit, verdicts }) => {
    const changed: { checkId: string; from: string; to: string }[] =
      JSON.parse(verdicts);
    return changed.map(one => ({
      ...{ at, commit, of: { check: one.checkId } },
      ...{ from: one.from ?? null, to: one.to ?? null },
    }));
  });
}

async function policyChanges(
  knex: Knex,
  repositoryId: string,
  since: string,
  until: string,
): Promise<Change[]> {
  const rows: {
    policy_id: string;
    at: string;
    from: string | null;
    to: string | null;
    commit: string | null;
  }[] = await knex('policy_events')
    .where({ repository_id: repositoryId })
    .where('at', '>=', since)
    .where('at', '<', until)
    .select('policy_id', 'at', 'from', 'to', 'commit');
  return rows.map(({ policy_id: policy, at, from, to, commit }) => ({
    ...{ at, commit, of: { policy }, from, to },
  }));
}

async function exceptionsOf(
  knex: Knex,
  repositoryId: string,
  from: string,
  to: string,
): Promise<RepositoryEvidence['exceptions']> {
  const owners: string[] = await knex('entity_claims')
    .where({ repository_id: repositoryId })
    .whereNotNull('owner')
    .distinct()
    .pluck('owner');
  const owned = dialectOf(knex).oneOf('"owner"', new Set(owners));
  const rows: ExceptionRow[] = await knex('exceptions')
    .where('created_at', '<', to)
    .where(still => still.whereNull('ended_at').orWhere('ended_at', '>=', from))
    .where(still =>
      still.whereNull('expires_at').orWhere('expires_at', '>=', from),
    )
    .where(mine =>
      mine
        .where({ repository_id: repositoryId })
        .orWhereRaw(owned.sql, owned.bindings),
    )
    .orderBy('created_at')
    .select('*');
  return rows.map(row => ({
    ...{ as: row.as, rule: row.rule, covers: row.covers, reason: row.reason },
    ...{ actor: row.actor, createdAt: row.created_at },
    ...{ expiresAt: row.expires_at, endedAt: row.ended_at },
  }));
}
