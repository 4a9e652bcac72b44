import { InputError } from '@backstage/errors';
import { z } from 'zod';

const cursorSchema = z.strictObject({
  /** What the page before was sorted by, for example `score asc`. */
  sort: z.string(),
  /** The sort values of its last row. */
  after: z.array(
    z.union([
      z.number(),
      z.string().refine(text => !text.includes('\0'), 'NUL in text'),
    ]),
  ),
  /** The limit of staleness it was sorted with, so that rows keep their order. */
  before: z.iso.datetime(),
});

/** Where a page ended. */
export type Cursor = z.infer<typeof cursorSchema>;

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws an InputError for anything but a cursor of the same order. */
export function decodeCursor(
  text: string,
  expected: { sort: string; types: readonly ('number' | 'string')[] },
): Cursor {
  const cursor = cursorSchema.safeParse(parse(text));
  if (!cursor.success) {
    throw new InputError(
      'The cursor is not one that Fettle gave: ask for the first page, without a cursor',
    );
  }
  const { sort, after } = cursor.data;
  const fits =
    sort === expected.sort &&
    after.length === expected.types.length &&
    after.every((value, i) => typeof value === expected.types[i]);
  if (!fits) {
    throw new InputError(
      `The cursor belongs to a list sorted by '${sort}', this one is sorted by '${expected.sort}': ask for the first page, without a cursor`,
    );
  }
  return cursor.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    // Not JSON: what the schema says of `undefined` is the answer.
    return undefined;
  }
}
