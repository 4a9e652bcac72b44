import type { Knex } from 'knex';
import { upsertRows, type Table } from '../writeRows';
import type { Resolver } from './resolveRepositories';
import type { Told } from './RunStore';

export interface SyncRow {
  repository_id: string;
  source_id: string;
  host: string;
  due_at: string;
  heard_at: string | null;
}

const HEARD: Table<SyncRow> = {
  name: 'pipeline_syncs',
  key: ['repository_id', 'source_id'],
  columns: {
    repository_id: 'text',
    source_id: 'text',
    host: 'text',
    due_at: 'text',
    heard_at: 'text',
  },
};

/** A repository whose runs can only be heard of is never due. */
export const NEVER = '9999-12-31T00:00:00.000Z';

/** Notes from which sources deliveries about a repository come. */
export async function hearFrom(
  trx: Knex,
  told: readonly Told[],
  resolver: Resolver,
  now: Date,
): Promise<void> {
  const rows = new Map<string, SyncRow>();
  for (const { sourceId, delivery, runs, deployments } of told) {
    if (!delivery) continue;
    for (const { repository } of [...runs, ...deployments]) {
      const id = resolver.find(sourceId, repository)?.id;
      if (!id) continue;
      rows.set(`${id}\0${sourceId}`, {
        repository_id: id,
        source_id: sourceId,
        host: '',
        due_at: NEVER,
        heard_at: now.toISOString(),
      });
    }
  }
  await upsertRows(trx, HEARD, [...rows.values()], {
    host: 'pipeline_syncs."host"',
    due_at: 'pipeline_syncs."due_at"',
  });
}
