import { SourceError } from 'backstage-plugin-fettle-node';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ImportLimits } from './limits';

/** A line of `modified_id.csv`. */
export interface Listed {
  /** ISO 8601. */
  modified: string;
  id: string;
}

const LINE = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z),(?:[^,/]+\/)?([^,/\\\s]{1,200})$/;
const BATCH = 2_000;

/** The lines of a list of an ecosystem's records. */
export async function* readListing(
  path: string,
  limits: ImportLimits,
): AsyncGenerator<Listed[]> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Infinity,
  });
  let batch: Listed[] = [];
  let count = 0;
  for await (const line of lines) {
    if (!line) continue;
    const [, modified, id] = LINE.exec(line) ?? [];
    if (!id || ++count > limits.records) {
      throw new SourceError(
        'corrupt',
        id
          ? `modified_id.csv has more than ${limits.records} lines`
          : `modified_id.csv has a line that is not '<time>,<id>': ${line.slice(
              0,
              80,
            )}`,
        'See that the address is one of an export of osv.dev',
      );
    }
    batch.push({ modified, id });
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
