import type { Knex } from 'knex';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findOfOrigin } from '../store/stamps';
import {
  type FeedRecord,
  removeRecords,
  writeRecords,
} from '../store/writeRecords';
import { BATCH, BATCH_BYTES } from './importZip';
import { inBatches } from './inBatches';
import type { ImportLimits } from './limits';
import { toContent } from './toContent';

const RECORD = /^(.{1,200})\.json$/;

/**
 * Brings single records in line with the `*.json` files of a folder. Says
 * whether some are gone, which a dump may still have.
 */
export async function importFiles(options: {
  knex: Knex;
  feed: { id: string; ecosystem: string };
  folder: string;
  limits: ImportLimits;
  signal: AbortSignal;
  onCommit: () => void;
}): Promise<{ changed: boolean; gone: boolean; files: number }> {
  const { knex, feed, folder, limits, signal, onCommit } = options;
  const known = await findOfOrigin(knex, feed.id, 'single');
  const present = new Set<string>();
  const changed: { id: string; stamp: string; size: number }[] = [];
  for (const name of await readdir(folder)) {
    const id = RECORD.exec(name)?.[1];
    const found = id && (await statFile(join(folder, name)));
    if (!id || !found) continue;
    present.add(id);
    const stamp = `file:${found.mtimeMs}:${found.size}:${found.ino}`;
    if (known.get(id)?.stamp !== stamp)
      changed.push({ id, stamp, size: found.size });
  }
  for (const batch of inBatches(changed, BATCH, {
    bytesOf: ({ size }) => size,
    bytes: BATCH_BYTES,
  })) {
    signal.throwIfAborted();
    const records = await Promise.all(
      batch.map(async ({ id, stamp, size }): Promise<FeedRecord> => {
        const content =
          size > limits.recordBytes
            ? { problem: `it is larger than ${limits.recordBytes} bytes` }
            : await readContent(folder, id, feed.ecosystem);
        return { id, origin: 'single', stamp, content };
      }),
    );
    await writeRecords(knex, feed.id, records);
    onCommit();
  }
  const gone = [...known.keys()].filter(id => !present.has(id));
  for (const batch of inBatches(gone, BATCH)) {
    await removeRecords(knex, feed.id, batch);
    onCommit();
  }
  return {
    changed: changed.length > 0 || gone.length > 0,
    gone: gone.length > 0,
    files: present.size,
  };
}

async function statFile(path: string) {
  try {
    const found = await stat(path);
    return found.isFile() ? found : undefined;
  } catch (error) {
    // It was there a moment ago.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readContent(
  folder: string,
  id: string,
  ecosystem: string,
): Promise<FeedRecord['content']> {
  const text = await readFile(join(folder, `${id}.json`), 'utf8');
  return toContent(() => text, { id, ecosystem });
}
