import type { Knex } from 'knex';
import { ColumnType, dialectOf, Sql, Value } from './Dialect';

/** The part of a table that is written at once, and how rows are told apart. */
export interface Table<Row extends object> {
  name: string;
  columns: { readonly [K in keyof Row]-?: ColumnType };
  key: readonly (keyof Row & string)[];
}

function given<Row extends object>(
  knex: Knex,
  columns: Readonly<Record<string, ColumnType>>,
  rows: readonly Row[],
): Sql {
  const names = Object.keys(columns) as (keyof Row)[];
  return dialectOf(knex).rows(
    columns,
    rows.map(row => names.map(name => row[name] as Value)),
  );
}

const quoted = (names: readonly string[]) =>
  names.map(name => `"${name}"`).join(', ');

// Keeps a statement's parameter at a few megabytes.
const BATCH = 5_000;

async function inBatches<Row>(
  rows: readonly Row[],
  write: (batch: readonly Row[]) => Promise<unknown>,
) {
  for (let start = 0; start < rows.length; start += BATCH) {
    await write(rows.slice(start, start + BATCH));
  }
}

/**
 * Inserts rows; a row that is there already is overwritten, or with `merge`
 * given gets the values of those expressions (`excluded` is the new row).
 */
export async function upsertRows<Row extends object>(
  trx: Knex,
  table: Table<Row>,
  rows: readonly Row[],
  merge: Partial<Record<keyof Row & string, string>> = {},
): Promise<void> {
  const names = Object.keys(table.columns);
  const set = names
    .filter(name => !table.key.includes(name as keyof Row & string))
    .map(
      name =>
        `"${name}" = ${
          merge[name as keyof Row & string] ?? `excluded."${name}"`
        }`,
    );
  const update =
    set.length > 0 ? `do update set ${set.join(', ')}` : 'do nothing';
  await inBatches(rows, batch => {
    const { sql, bindings } = given(trx, table.columns, batch);
    // SQLite needs the `where` to tell `on conflict` from a join.
    return trx.raw(
      `insert into "${table.name}" (${quoted(names)})
       select ${quoted(names)} from (${sql}) as incoming where true
       on conflict (${quoted(table.key)}) ${update}`,
      bindings,
    );
  });
}

/** Updates the given columns of rows that exist. */
export async function updateRows<Row extends object>(
  trx: Knex,
  table: Table<Row>,
  rows: readonly Row[],
): Promise<void> {
  const set = Object.keys(table.columns)
    .filter(name => !table.key.includes(name as keyof Row & string))
    .map(name => `"${name}" = incoming."${name}"`);
  const same = table.key.map(
    name => `"${table.name}"."${name}" = incoming."${name}"`,
  );
  await inBatches(rows, batch => {
    const { sql, bindings } = given(trx, table.columns, batch);
    return trx.raw(
      `update "${table.name}" set ${set.join(', ')}
       from (${sql}) as incoming where ${same.join(' and ')}`,
      bindings,
    );
  });
}

/** Deletes rows by their key, or by the first columns of it. */
export async function deleteRows(
  trx: Knex,
  table: string,
  key: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const columns = Object.fromEntries(
    key.map(name => [name, 'text' as ColumnType]),
  );
  await inBatches(rows, batch => {
    const { sql, bindings } = dialectOf(trx).rows(
      columns,
      batch.map(row => [...row]),
    );
    return trx.raw(
      `delete from "${table}" where (${quoted(key)}) in (${sql})`,
      bindings,
    );
  });
}
