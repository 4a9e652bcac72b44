import type { Knex } from 'knex';
import { NEVER } from '../store/runs/hearFrom';
import type { SyncStatus } from './SyncStore';

const MOST_ERRORS = 20;

/** How far asking has come, for each source. */
export async function readSyncStatus(
  knex: Knex,
  overdueBefore: Date,
): Promise<SyncStatus[]> {
  const rows: {
    source_id: string;
    repositories: string | number;
    overdue: string | number;
    failing: string | number;
    never: string | number;
    last: string | null;
    first: string | null;
  }[] = await knex('pipeline_syncs')
    .whereNot('due_at', NEVER)
    .groupBy('source_id')
    .select('source_id')
    .count({ repositories: '*' })
    .select(
      knex.raw('sum(case when due_at < ? then 1 else 0 end) as overdue', [
        overdueBefore.toISOString(),
      ]),
      knex.raw('sum(case when failures > 0 then 1 else 0 end) as failing'),
      knex.raw('sum(case when synced_at is null then 1 else 0 end) as never'),
    )
    .max({ last: 'synced_at' })
    .min({ first: 'synced_at' });
  return Promise.all(
    rows.map(async row => ({
      sourceId: row.source_id,
      hosts: await readHosts(knex, row.source_id),
      repositories: Number(row.repositories),
      overdue: Number(row.overdue),
      failing: Number(row.failing),
      lastSuccessAt: row.last,
      oldestSyncedAt: Number(row.never) > 0 ? null : row.first,
      errors: await readErrors(knex, row.source_id),
    })),
  );
}

async function readHosts(knex: Knex, sourceId: string): Promise<string[]> {
  const rows: { host: string }[] = await knex('pipeline_syncs')
    .whereNot('due_at', NEVER)
    .where({ source_id: sourceId })
    .distinct('host')
    .orderBy('host');
  return rows.map(({ host }) => host);
}

async function readErrors(
  knex: Knex,
  sourceId: string,
): Promise<SyncStatus['errors']> {
  const rows: {
    repository_id: string;
    name: string;
    attempted_at: string;
    reason: string;
  }[] = await knex('pipeline_syncs as s')
    .join('repositories as r', 'r.id', 's.repository_id')
    .where('s.source_id', sourceId)
    .whereNotNull('s.reason')
    .whereNotNull('s.attempted_at')
    .orderBy('s.attempted_at', 'desc')
    .limit(MOST_ERRORS)
    .select('s.repository_id', 'r.name', 's.attempted_at', 's.reason');
  return rows.map(row => ({
    repositoryId: row.repository_id,
    name: row.name,
    at: row.attempted_at,
    reason: JSON.parse(row.reason),
  }));
}
