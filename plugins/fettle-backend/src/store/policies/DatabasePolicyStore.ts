import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { storable } from '../storable';
import { loadHistory } from './loadHistory';
import { loadSubjects } from './loadSubjects';
import type { Evaluation, Needs, PolicyStore } from './PolicyStore';
import { countResults, readResults } from './readResults';
import { saveResults } from './saveResults';

/** Policies' results in the plugin's database. */
export class DatabasePolicyStore implements PolicyStore {
  constructor(private readonly knex: Knex) {}

  loadSubjects(ids: readonly string[], needs: Needs) {
    return loadSubjects(this.knex, ids.map(storable), needs);
  }

  loadHistory(ids: readonly string[], needs: Needs, from: Date) {
    return loadHistory(this.knex, ids, needs, from);
  }

  async due(options: {
    digest: string;
    now: Date;
    after: string;
    limit: number;
  }) {
    const { digest, now, after, limit } = options;
    const rows: { id: string }[] = await this.knex('repositories as r')
      .leftJoin('policy_states as s', 's.repository_id', 'r.id')
      .leftJoin('security_rollups as u', 'u.repository_id', 'r.id')
      .where('r.id', '>', after)
      .where(due =>
        due
          .whereNull('s.repository_id')
          .orWhereNot('s.digest', digest)
          .orWhere('s.due_at', '<=', now.toISOString())
          .orWhereRaw('r.revision > s.seen_revision')
          .orWhereRaw('u.revision > s.seen_revision'),
      )
      .orderBy('r.id')
      .limit(limit)
      .select('r.id');
    return rows.map(({ id }) => id);
  }

  save(evaluation: Evaluation, now: Date) {
    return saveResults(this.knex, evaluation, now);
  }

  results(repositoryId: string) {
    return readResults(this.knex, storable(repositoryId));
  }

  counts(visibility: Visibility) {
    return countResults(this.knex, visibility);
  }

  async visible(visibility: Visibility) {
    const { sql, bindings } = inVisibleRepositories(
      ...([this.knex, 'id', visibility] as const),
    );
    const rows: { id: string }[] = await this.knex('repositories')
      .whereRaw(sql, bindings)
      .orderBy('id')
      .select('id');
    return rows.map(({ id }) => id);
  }

  async claimNotices(
    repositoryId: string,
    policyIds: readonly string[],
    now: Date,
  ) {
    const { sql, bindings } = dialectOf(this.knex).oneOf(
      'policy_id',
      policyIds,
    );
    const rows: { policy_id: string }[] = await this.knex('policy_results')
      .where({ repository_id: repositoryId, notified_at: null })
      .whereIn('status', ['violated', 'error'])
      .whereRaw(sql, bindings)
      .update({ notified_at: now.toISOString() })
      .returning('policy_id');
    return rows.map(row => row.policy_id).sort();
  }

  async releaseNotice(repositoryId: string, policyId: string) {
    await this.knex('policy_results')
      .where({ repository_id: repositoryId, policy_id: policyId })
      .update({ notified_at: null });
  }

  async prune(olderThan: Date) {
    await this.knex('policy_events')
      .where('at', '<', olderThan.toISOString())
      .delete();
  }
}
