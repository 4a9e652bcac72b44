import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { lockRepository } from '../security/observe';
import { storable } from '../storable';
import { upsertRows, type Table } from '../writeRows';
import type { Publication, PublicationStore } from './PublicationStore';

/** Of packages that are read at once: requests of people wait while they are looked at. */
const BATCH = 2_000;

interface PublicationRow {
  repository_id: string;
  scanner_id: string;
  path: string;
  ecosystem: string;
  name: string;
  gone: number;
  edition: number;
  changed_at: string;
}

const PUBLICATIONS: Table<PublicationRow> = {
  name: 'publications',
  columns: {
    repository_id: 'text',
    scanner_id: 'text',
    path: 'text',
    ecosystem: 'text',
    name: 'text',
    gone: 'integer',
    edition: 'bigint',
    changed_at: 'text',
  },
  key: ['repository_id', 'scanner_id', 'path', 'ecosystem', 'name'],
};

/** What repositories publish, in the plugin's database. */
export class DatabasePublicationStore implements PublicationStore {
  constructor(
    private readonly knex: Knex,
    private readonly clock: () => Date,
  ) {}

  async save(scan: Parameters<PublicationStore['save']>[0]): Promise<void> {
    const { repositoryId, scannerId, publishes, problems } = scan;
    const unreadPaths = new Set(problems.map(({ path }) => path));
    const unread = (path: string) =>
      unreadPaths.has(null) || unreadPaths.has(path);
    const now = new Map<string, PublicationRow>();
    for (const { path, ecosystem, name } of publishes) {
      const row = {
        ...{ repository_id: repositoryId, scanner_id: scannerId },
        ...{ path: storable(path), ecosystem: storable(ecosystem) },
        ...{ name: storable(name), gone: 0, edition: 0, changed_at: '' },
      };
      now.set(placeOf(row), row);
    }
    await this.knex.transaction(async trx => {
      if (!(await lockRepository(trx, repositoryId))) return;
      const stored: PublicationRow[] = await trx('publications').where({
        ...{ repository_id: repositoryId, scanner_id: scannerId, gone: 0 },
      });
      const before = new Set(stored.map(placeOf));
      const gone = stored.filter(
        row => !now.has(placeOf(row)) && !unread(row.path),
      );
      await write(trx, this.clock(), [
        ...[...now.values()].filter(row => !before.has(placeOf(row))),
        ...gone.map(row => ({ ...row, gone: 1 })),
      ]);
    });
  }

  async changedSince(edition: number) {
    const rows: PublicationRow[] = await this.knex('publications')
      .where('edition', '>', edition)
      .orderBy('edition');
    const publications = rows.map(
      (row): Publication => ({
        ...{ repositoryId: row.repository_id, place: placeOf(row) },
        ...{ ecosystem: row.ecosystem, name: row.name, gone: row.gone === 1 },
      }),
    );
    return { publications, edition: Number(rows.at(-1)?.edition ?? edition) };
  }

  async *packages(): AsyncIterable<PackageKey[]> {
    for (let last = 0; ; ) {
      const rows = await this.knex('packages')
        .where('id', '>', last)
        .orderBy('id')
        .limit(BATCH)
        .select('id', 'ecosystem', 'name');
      if (rows.length === 0) return;
      yield rows;
      last = rows.at(-1).id;
    }
  }

  async prune(olderThan: Date) {
    // The newest edition stays: the next one is counted from it.
    await this.knex('publications')
      .where({ gone: 1 })
      .where('changed_at', '<', olderThan.toISOString())
      .whereNot('edition', this.knex('publications').max('edition'))
      .delete();
  }
}

/** Repositories are about to be removed, and publish nothing any more. They are locked already. */
export async function withdrawPublications(
  trx: Knex.Transaction,
  repositoryIds: readonly string[],
  at: Date,
): Promise<void> {
  const these = dialectOf(trx).oneOf('repository_id', repositoryIds);
  const rows: PublicationRow[] = await trx('publications')
    .whereRaw(these.sql, these.bindings)
    .where({ gone: 0 });
  const gone = rows.map(row => ({ ...row, gone: 1 }));
  await write(trx, at, gone);
}

async function write(
  trx: Knex.Transaction,
  at: Date,
  rows: readonly PublicationRow[],
): Promise<void> {
  if (rows.length === 0) return;
  // One writer at a time, to the end of its transaction: no edition is read before a lower one.
  await trx('store_locks')
    .where({ name: 'publications' })
    .forUpdate()
    .first('name');
  const row = await trx('publications').max('edition as newest').first();
  const edition = Number(row?.newest ?? 0) + 1;
  const changedAt = at.toISOString();
  await upsertRows(
    trx,
    PUBLICATIONS,
    rows.map(one => ({ ...one, edition, changed_at: changedAt })),
  );
}

function placeOf(row: PublicationRow): string {
  return JSON.stringify([
    ...[row.repository_id, row.scanner_id, row.path],
    ...[row.ecosystem, row.name],
  ]);
}
