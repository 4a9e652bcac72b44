import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Location } from '../config/readLocation';
import {
  addFeedRow,
  countRecords,
  type FeedRow,
  readFeedRows,
  updateFeedRow,
} from '../store/feedRows';
import { findGone } from '../store/stamps';
import { removeRecords } from '../store/writeRecords';
import type { Import } from './Import';
import { BATCH } from './importZip';
import { inBatches } from './inBatches';
import type { ImportLimits } from './limits';

/** Something to import, and how. */
export interface ImportedFeed {
  id: string;
  /** As OSV calls it; empty for feeds that are not about packages. */
  ecosystem: string;
  from: Location;
  /** Looks, and imports what is new. */
  run(context: Import): Promise<void>;
}

/** A look that found nothing new is noted this often. */
const NOTE_MS = 60_000;

/** Looks at feeds, and keeps what came of it. */
export class FeedImporter {
  constructor(
    private readonly options: {
      knex: Knex;
      feeds: readonly ImportedFeed[];
      limits: ImportLimits;
      logger: LoggerService;
      now: () => Date;
      onCommit: () => void;
    },
  ) {}

  /** Makes known what is configured. */
  async prepare(): Promise<void> {
    const { knex, feeds } = this.options;
    const rows = await readFeedRows(knex);
    for (const { id, from: location } of feeds) {
      const from = placeOf(location);
      const row = rows.get(id);
      await addFeedRow(knex, { id, from });
      if (row && row.from !== from) {
        await updateFeedRow(knex, id, { from, seen: {}, importedAt: null });
      }
    }
  }

  /** Takes out of force what came from feeds that are not configured any more. */
  async forget(signal: AbortSignal): Promise<void> {
    const { knex, feeds, onCommit } = this.options;
    const rows = await readFeedRows(knex);
    for (const { id } of feeds) rows.delete(id);
    for (const id of rows.keys()) {
      for (const origin of ['dump', 'single'] as const) {
        const gone = await findGone(knex, id, origin, new Set());
        for (const batch of inBatches(gone, BATCH)) {
          signal.throwIfAborted();
          await removeRecords(knex, id, batch);
          onCommit();
        }
      }
      await knex('osv_feeds').where({ id }).delete();
    }
  }

  /** Looks at every feed of a kind, one after the other; one that fails does not keep the others. */
  async refresh(kind: Location['kind'], signal: AbortSignal): Promise<void> {
    const rows = await readFeedRows(this.options.knex);
    for (const feed of this.options.feeds) {
      const row = rows.get(feed.id);
      if (feed.from.kind === kind && row) await this.#look(feed, row, signal);
    }
  }

  async #look(
    feed: ImportedFeed,
    row: FeedRow,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex, limits, logger, now, onCommit } = this.options;
    const count = async () =>
      feed.ecosystem ? countRecords(knex, feed.id) : {};
    const run: Import = {
      ...{ knex, feed, limits, signal, now, onCommit },
      seen: row.seen,
      importedAt: row.importedAt ? new Date(row.importedAt) : null,
      noteStart: () => updateFeedRow(knex, feed.id, { state: 'importing' }),
      noteProgress: async ({ whole, ...done } = {}) =>
        updateFeedRow(knex, feed.id, {
          ...done,
          ...(await count()),
          ...(whole ? { importedAt: now().toISOString() } : {}),
        }),
    };
    try {
      await feed.run(run);
      await this.#noteSuccess(feed, row);
    } catch (error) {
      if (signal.aborted) return;
      const reason = toReason(error, feed);
      if (row.reason?.message !== reason.message) {
        logger.warn(`${feed.id} was not imported: ${reason.message}`);
      }
      await updateFeedRow(knex, feed.id, {
        ...(await count()),
        ...{ state: 'failing', reason },
      });
    }
  }

  async #noteSuccess(feed: ImportedFeed, before: FeedRow): Promise<void> {
    const { knex, logger, now } = this.options;
    const row = (await readFeedRows(knex)).get(feed.id);
    const at = now();
    const age = at.getTime() - Date.parse(row?.checkedAt ?? '');
    // A clock that was put back must not keep this from being noted.
    if (row?.state === 'ok' && age >= 0 && age < NOTE_MS) return;
    if (before.state !== 'ok') logger.info(`${feed.id} is imported`);
    await updateFeedRow(knex, feed.id, {
      ...{ state: 'ok', reason: null, checkedAt: at.toISOString() },
    });
  }
}

function placeOf(location: Location): string {
  return location.kind === 'url' ? location.url : location.path;
}

function toReason(error: unknown, { id, from }: ImportedFeed) {
  if (error instanceof SourceError) return error.toReason();
  return {
    code: 'failed',
    message: `${id} could not be imported from ${placeOf(from)}: ${
      error instanceof Error ? error.message : error
    }`,
    action: 'See the log of the backend, and try again',
  };
}
