import type { Knex } from 'knex';
import type { CollectionFailure, WriteResult } from '../FettleStore';
import { drawRevision } from '../revisions';
import { storableJson } from '../storable';
import { CHANGES, RepositoryRow } from '../tables';
import { upsertRows } from '../writeRows';

/**
 * Stores that a reading failed. What was known before stays. Left out when it
 * is older than the stored reading or its repository is gone.
 */
export async function saveFailure(
  knex: Knex,
  failure: CollectionFailure,
): Promise<WriteResult> {
  const { repositoryId: id } = failure;
  const at = failure.startedAt.toISOString();
  const { code, message, action } = failure.reason;
  const reason = storableJson({ code, message, action });

  return knex.transaction(async trx => {
    const row: RepositoryRow | undefined = await trx('repositories')
      .where({ id })
      .forUpdate()
      .first('*');
    if (!row || (row.started_at ?? '') > at) return { revision: null };

    const stateChanged = row.state !== 'failing';
    const visible = stateChanged || row.reason !== reason;
    const rollup = visible
      ? await trx('rollups')
          .where({ repository_id: id, subpath: '' })
          .first('score')
      : undefined;
    const score: number | null = rollup?.score ?? null;
    const requestedAt = row.requested_at ?? '';
    const revision = visible ? await drawRevision(trx) : null;

    await trx('repositories')
      .where({ id })
      .update({
        state: 'failing',
        reason,
        started_at: at,
        attempted_at: at,
        failures: row.failures + 1,
        due_at: requestedAt > at ? requestedAt : failure.dueAt.toISOString(),
        ...(stateChanged ? { changed_at: at } : {}),
        ...(revision === null ? {} : { revision }),
      });
    if (revision === null) return { revision: null };
    if (stateChanged) {
      await upsertRows(trx, CHANGES, [
        {
          revision,
          repository_id: id,
          subpath: '',
          at,
          commit: row.head_commit,
          from_score: score,
          to_score: score,
          from_state: row.state,
          to_state: 'failing',
          verdicts: '[]',
        },
      ]);
    }
    return {
      revision,
      change: {
        repositoryId: id,
        name: row.name,
        subpath: '',
        at,
        commit: row.head_commit,
        from: score,
        to: score,
        verdicts: [],
        state: 'failing',
      },
    };
  });
}
