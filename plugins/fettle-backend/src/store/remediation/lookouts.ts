import type { Knex } from 'knex';
import { readRevisions } from '../revisions';
import { upsertRows, type Table } from '../writeRows';

interface StateRow {
  repository_id: string;
  digest: string;
  seen_revision: number;
  due_at: string;
  problems: number;
  covered: number;
}

const STATES: Table<StateRow> = {
  name: 'playbook_states',
  columns: {
    ...{ repository_id: 'text', digest: 'text', seen_revision: 'bigint' },
    ...{ due_at: 'text', problems: 'integer', covered: 'integer' },
  },
  key: ['repository_id'],
};

/** Repositories that something changed for since they were looked at, in the order of ids. */
export async function dueLookouts(
  knex: Knex,
  options: { digest: string; now: Date; after: string; limit: number },
): Promise<string[]> {
  const { digest, now, after, limit } = options;
  const rows: { id: string }[] = await knex('repositories as r')
    .leftJoin('playbook_states as s', 's.repository_id', 'r.id')
    .leftJoin('security_rollups as u', 'u.repository_id', 'r.id')
    .where('r.id', '>', after)
    .whereNotNull('r.collected_at')
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

/** Before anything is read: what is committed after it is looked at next time. */
export async function lookoutRevision(knex: Knex): Promise<number> {
  return (await readRevisions(knex)).value;
}

export async function saveLookout(
  knex: Knex,
  lookout: {
    repositoryId: string;
    digest: string;
    seenRevision: number;
    dueAt: Date;
    problems: number;
    covered: number;
  },
): Promise<void> {
  const known = await knex('repositories')
    .where({ id: lookout.repositoryId })
    .first('id');
  if (!known) return;
  await upsertRows(knex, STATES, [
    {
      repository_id: lookout.repositoryId,
      digest: lookout.digest,
      seen_revision: lookout.seenRevision,
      due_at: lookout.dueAt.toISOString(),
      ...{ problems: lookout.problems, covered: lookout.covered },
    },
  ]);
}
