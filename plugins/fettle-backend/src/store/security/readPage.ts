import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { storable } from '../storable';

/** One page in the order of columns that together name a row; the cursor holds those of the last. */
export async function readPage(
  rows: Knex.QueryBuilder,
  order: readonly string[],
  { cursor, limit }: { cursor?: string; limit: number },
) {
  if (cursor !== undefined) {
    rows.whereRaw(
      `(${order.join(', ')}) > (${order.map(() => '?').join(', ')})`,
      readCursor(cursor, order.length),
    );
  }
  const found: any[] = await rows.orderBy([...order]).limit(limit + 1);
  const shown = found.slice(0, limit);
  return {
    rows: shown,
    next: (of: (row: any) => unknown[]) =>
      found.length > limit ? writeCursor(of(shown.at(-1))) : null,
  };
}

export function writeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

export function readCursor(
  cursor: string,
  length: number,
): (string | number)[] {
  try {
    const values: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (Array.isArray(values) && values.length === length) {
      return values.map(value =>
        typeof value === 'number' ? value : storable(String(value)),
      );
    }
  } catch {
    // It is said below, as for any other text that is no cursor.
  }
  throw notOurs();
}

export function notOurs(): InputError {
  return new InputError('The cursor is not one that this list gave.');
}
