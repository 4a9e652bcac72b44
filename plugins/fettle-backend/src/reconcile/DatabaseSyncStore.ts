import type { Knex } from 'knex';
import { dialectOf } from '../store/Dialect';
import { NEVER } from '../store/runs/hearFrom';
import { storableJson } from '../store/storable';
import { upsertRows, type Table } from '../store/writeRows';
import { readSyncStatus } from './readSyncStatus';
import type { Coverage, Sync, SyncStore } from './SyncStore';

interface CoveredRow {
  repository_id: string;
  source_id: string;
  host: string;
  due_at: string;
}

const COVERED: Table<CoveredRow> = {
  name: 'pipeline_syncs',
  key: ['repository_id', 'source_id'],
  columns: {
    repository_id: 'text',
    source_id: 'text',
    host: 'text',
    due_at: 'text',
  },
};

/** The syncs in the plugin's database. */
export class DatabaseSyncStore implements SyncStore {
  constructor(private readonly knex: Knex) {}

  async cover(coverage: readonly Coverage[], now: Date): Promise<void> {
    await this.knex.transaction(async trx => {
      const rows: (CoveredRow & { heard_at: string | null })[] = await trx(
        'pipeline_syncs',
      ).select('repository_id', 'source_id', 'host', 'due_at', 'heard_at');
      const before = new Map(
        rows.map(row => [`${row.repository_id}\0${row.source_id}`, row]),
      );
      const added: CoveredRow[] = [];
      for (const { repositoryId, sourceId, host } of coverage) {
        const key = `${repositoryId}\0${sourceId}`;
        const was = before.get(key);
        before.delete(key);
        if (was?.host === host && was.due_at !== NEVER) continue;
        added.push({
          repository_id: repositoryId,
          source_id: sourceId,
          host,
          due_at: now.toISOString(),
        });
      }
      await upsertRows(trx, COVERED, added);
      // What only sends deliveries keeps its row; it is never due.
      for (const row of before.values()) {
        if (row.due_at === NEVER) continue;
        const { repository_id, source_id } = row;
        const same = trx('pipeline_syncs').where({ repository_id, source_id });
        if (row.heard_at === null) await same.delete();
        else await same.update({ due_at: NEVER, host: '', reason: null });
      }
    });
  }

  async claim(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
    withoutHosts: readonly string[];
  }): Promise<Sync[]> {
    return this.knex.transaction(async trx => {
      const dialect = dialectOf(trx);
      const without = dialect.oneOf('host', options.withoutHosts);
      const rows: (CoveredRow & {
        synced_at: string | null;
        heard_at: string | null;
        failures: number;
      })[] = await dialect.skipLocked(
        trx('pipeline_syncs')
          .where('due_at', '<=', options.now.toISOString())
          .whereRaw(`not (${without.sql})`, without.bindings)
          .orderBy([
            { column: 'due_at' },
            { column: 'repository_id' },
            { column: 'source_id' },
          ])
          .limit(options.limit)
          .select('*'),
      );
      for (const { repository_id, source_id } of rows) {
        await trx('pipeline_syncs')
          .where({ repository_id, source_id })
          .update({ due_at: options.leaseUntil.toISOString() });
      }
      return rows.map(row => ({
        repositoryId: row.repository_id,
        sourceId: row.source_id,
        host: row.host,
        syncedAt: row.synced_at,
        heardAt: row.heard_at,
        failures: row.failures,
      }));
    });
  }

  async succeeded(
    sync: Coverage,
    { syncedAt, dueAt, reason }: Parameters<SyncStore['succeeded']>[1],
  ): Promise<void> {
    await this.#row(sync).update({
      synced_at: syncedAt.toISOString(),
      attempted_at: syncedAt.toISOString(),
      due_at: dueAt.toISOString(),
      failures: 0,
      reason: reason ? storableJson(reason) : null,
    });
  }

  async failed(
    sync: Coverage,
    result: Parameters<SyncStore['failed']>[1],
  ): Promise<void> {
    const { code, message, action } = result.reason;
    await this.#row(sync).update({
      attempted_at: result.at.toISOString(),
      due_at: result.dueAt.toISOString(),
      reason: storableJson({ code, message, action }),
      ...(result.counts ? { failures: this.knex.raw('failures + 1') } : {}),
    });
  }

  status(overdueBefore: Date) {
    return readSyncStatus(this.knex, overdueBefore);
  }

  #row({ repositoryId, sourceId }: Coverage) {
    return this.knex('pipeline_syncs').where({
      repository_id: repositoryId,
      source_id: sourceId,
    });
  }
}
