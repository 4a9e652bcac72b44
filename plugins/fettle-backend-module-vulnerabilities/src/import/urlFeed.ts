import { SourceError } from 'backstage-plugin-fettle-node';
import { findGone, findKnown } from '../store/stamps';
import {
  type FeedRecord,
  removeRecords,
  writeRecords,
} from '../store/writeRecords';
import type { Downloader, Validators } from './Downloader';
import type { Import } from './Import';
import { BATCH, importZip } from './importZip';
import { inBatches } from './inBatches';
import { type Listed, readListing } from './readListing';
import { toContent } from './toContent';
import { withTemporaryFile } from './withTemporaryFile';

/** More records than this are quicker to get as one dump. */
const SINGLES = 500;
/** Asked at a time. */
const CONCURRENCY = 8;
/** A list does not tell of everything that a dump does: it is read whole this often. */
const WHOLE_MS = 24 * 60 * 60_000;

/**
 * Asks for `<url>/modified_id.csv`, and for the records that changed, or for
 * `<url>/all.zip` where there is no such list, much changed, or a day went by.
 */
export async function importUrl(
  url: string,
  downloader: Downloader,
  run: Import,
): Promise<void> {
  const age = run.now().getTime() - (run.importedAt?.getTime() ?? NaN);
  // Negative where the clock was put back.
  if (
    age >= 0 &&
    age < WHOLE_MS &&
    (await importListed(url, downloader, run))
  ) {
    return;
  }
  await importDump(url, downloader, run);
}

async function importDump(
  url: string,
  downloader: Downloader,
  run: Import,
): Promise<void> {
  await withTemporaryFile(async path => {
    const download = await downloader.toFile(`${url}/all.zip`, path, {
      maxBytes: run.limits.downloadBytes,
      signal: run.signal,
      known: validatorsIn(run.seen, 'dump'),
    });
    if (!download.found) {
      throw new SourceError(
        'not-found',
        `There is no ${url}/all.zip`,
        'Correct `from` and `ecosystem` in fettle.vulnerabilities.feeds',
      );
    }
    if (download.unchanged) {
      await run.noteProgress({ whole: true });
      return;
    }
    await run.noteStart();
    const { bytes } = await importZip({
      ...run,
      path,
      from: `${url}/all.zip`,
    });
    await run.noteProgress({
      ...{ bytes, whole: true },
      seen: { ...seenAs('dump', download.validators) },
    });
  });
}

/** False where the dump has to be read instead. */
async function importListed(
  url: string,
  downloader: Downloader,
  run: Import,
): Promise<boolean> {
  return withTemporaryFile(async path => {
    const download = await downloader.toFile(`${url}/modified_id.csv`, path, {
      maxBytes: run.limits.listBytes,
      signal: run.signal,
      known: validatorsIn(run.seen, 'list'),
    });
    if (!download.found) return false;
    if (download.unchanged) return true;
    const ids = new Set<string>();
    const changed: Listed[] = [];
    for await (const batch of readListing(path, run.limits)) {
      const known = await findKnown(
        run.knex,
        run.feed.id,
        batch.map(({ id }) => id),
      );
      for (const listed of batch) {
        ids.add(listed.id);
        const before = known.get(listed.id);
        const same =
          before?.stamp === stampOf(listed) ||
          sameTime(before?.modified ?? null, listed.modified);
        if (!same) changed.push(listed);
      }
      if (changed.length > SINGLES) return false;
    }
    if (ids.size === 0) return false;
    await importSingles(url, downloader, run, changed);
    const gone = await findGone(run.knex, run.feed.id, 'dump', ids);
    for (const batch of inBatches(gone, BATCH)) {
      await removeRecords(run.knex, run.feed.id, batch);
      run.onCommit();
    }
    await run.noteProgress({
      seen: { ...run.seen, ...seenAs('list', download.validators) },
    });
    return true;
  });
}

async function importSingles(
  url: string,
  downloader: Downloader,
  run: Import,
  changed: readonly Listed[],
): Promise<void> {
  for (const batch of inBatches(changed, CONCURRENCY)) {
    const records = await Promise.all(
      batch.map(async (listed): Promise<FeedRecord[]> => {
        const text = await downloader.toText(
          `${url}/${encodeURIComponent(listed.id)}.json`,
          { maxBytes: run.limits.recordBytes, signal: run.signal },
        );
        // Listed and gone already: the next list will not have it.
        if (text === undefined) return [];
        const content = toContent(() => text, {
          id: listed.id,
          ecosystem: run.feed.ecosystem,
        });
        return [
          { id: listed.id, origin: 'dump', stamp: stampOf(listed), content },
        ];
      }),
    );
    await writeRecords(run.knex, run.feed.id, records.flat());
    run.onCommit();
  }
}

const stampOf = ({ modified }: Listed) => `listed:${modified}`;

function sameTime(a: string | null, b: string): boolean {
  return a !== null && (a === b || Date.parse(a) === Date.parse(b));
}

type Seen = Readonly<Record<string, string>>;

/** What was seen of a server's file the last time. */
export function validatorsIn(seen: Seen, file: string): Validators {
  return { etag: seen[`${file}.etag`], lastModified: seen[`${file}.modified`] };
}

export function seenAs(
  file: string,
  { etag, lastModified }: Validators,
): Record<string, string> {
  return {
    ...(etag ? { [`${file}.etag`]: etag } : {}),
    ...(lastModified ? { [`${file}.modified`]: lastModified } : {}),
  };
}
