import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { findGone, findKnown } from '../store/stamps';
import {
  type FeedRecord,
  removeRecords,
  writeRecords,
} from '../store/writeRecords';
import { inBatches } from './inBatches';
import type { ImportLimits } from './limits';
import { toContent } from './toContent';
import { type DumpEntry, ZipDump } from './ZipDump';

/** So many records change in one transaction: readers and other writers get in between. */
export const BATCH = 400;
/** Of the records that are unpacked at a time. */
export const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Brings the records of a feed in line with a dump: what differs is read, what
 * is gone is taken out of force. Nothing is touched before the dump was seen to
 * its end, and one that is cut off in the middle is taken up again the next
 * time.
 *
 * @throws SourceError where the dump is not a whole one
 */
export async function importZip(options: {
  knex: Knex;
  feed: { id: string; ecosystem: string };
  path: string;
  /** What people know the dump by. */
  from: string;
  limits: ImportLimits;
  signal: AbortSignal;
  onCommit: () => void;
}): Promise<{ bytes: number }> {
  const { knex, feed, path, from, limits, signal, onCommit } = options;
  const dump = ZipDump.open(path, from, limits);
  try {
    const ids = dump.check();
    for (const batch of inBatches(dump.entries(), BATCH, {
      bytesOf: ({ entry }) => entry.uncompressedSize,
      bytes: BATCH_BYTES,
    })) {
      signal.throwIfAborted();
      const changed = await readChanged(knex, feed, dump, batch);
      if (changed.length > 0) {
        await writeRecords(knex, feed.id, changed);
        onCommit();
      }
      await setImmediate();
    }
    const gone = await findGone(knex, feed.id, 'dump', ids);
    for (const batch of inBatches(gone, BATCH)) {
      await removeRecords(knex, feed.id, batch);
      onCommit();
    }
    return { bytes: dump.bytes };
  } finally {
    dump.close();
  }
}

async function readChanged(
  knex: Knex,
  feed: { id: string; ecosystem: string },
  dump: ZipDump,
  batch: readonly DumpEntry[],
): Promise<FeedRecord[]> {
  const known = await findKnown(
    knex,
    feed.id,
    batch.map(({ id }) => id),
  );
  return batch.flatMap(entry => {
    const before = known.get(entry.id);
    const stamp = `${entry.stamp}:${READER}`;
    // A file of its own counts more than the dump.
    if (before?.origin === 'single' || before?.stamp === stamp) return [];
    const content = toContent(() => dump.read(entry), {
      id: entry.id,
      ecosystem: feed.ecosystem,
    });
    return { id: entry.id, origin: 'dump', stamp, content };
  });
}

/** Raise it when records would be read otherwise: all are then read anew. */
const READER = 1;
