import type { Knex } from 'knex';

/** The types that rows can be handed over in. */
type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision';

export type Value = string | number | null;

/** A piece of SQL with its parameters. */
interface Sql {
  sql: string;
  bindings: string[];
}

/** Whether it is PostgreSQL; throws for a database that nobody tested. */
function isPostgres(knex: Knex): boolean {
  const { client } = knex.client.config;
  if (client === 'pg') return true;
  if (client === 'better-sqlite3') return false;
  throw new Error(
    `Advisories are kept in PostgreSQL or better-sqlite3, but backend.database.client is '${client}'`,
  );
}

/** A `select` of any number of rows from one JSON parameter. */
export function givenRows(
  knex: Knex,
  columns: Readonly<Record<string, ColumnType>>,
  rows: readonly (readonly Value[])[],
): Sql {
  const names = Object.keys(columns);
  if (isPostgres(knex)) {
    const types = names.map(
      (name, i) => `(value->>${i})::${columns[name]} as "${name}"`,
    );
    return {
      sql: `select ${types.join(', ')} from jsonb_array_elements(?::jsonb)`,
      bindings: [storableJson(rows)],
    };
  }
  const values = names.map(
    (name, i) => `json_extract(value, '$[${i}]') as "${name}"`,
  );
  return {
    sql: `select ${values.join(', ')} from json_each(?)`,
    bindings: [storableJson(rows)],
  };
}

/** What joins the given rows to a table so that the given ones lead. */
export function leadingJoin(knex: Knex): string {
  // SQLite would else start from the table, which is the larger by far.
  return isPostgres(knex) ? 'join' : 'cross join';
}

const quoted = (names: readonly string[]) =>
  names.map(name => `"${name}"`).join(', ');

/** Inserts rows, in a transaction; those that are there already get the new values. */
export async function putRows(
  trx: Knex,
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  key: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const set = names
    .filter(name => !key.includes(name))
    .map(name => `"${name}" = excluded."${name}"`);
  const into = `insert into "${table}" (${quoted(names)})`;
  const conflict = `on conflict (${quoted(key)}) do ${
    set.length > 0 ? `update set ${set.join(', ')}` : 'nothing'
  }`;
  if (isPostgres(trx)) {
    const { sql, bindings } = givenRows(trx, columns, rows);
    await trx.raw(`${into} ${sql} ${conflict}`, bindings);
    return;
  }
  // The transaction's own connection. A statement that is prepared once takes
  // half the time of one that unpacks JSON.
  const connection: SqliteConnection = await trx.client.acquireConnection();
  const statement = connection.prepare(
    `${into} values (${names.map(() => '?').join(', ')}) ${conflict}`,
  );
  for (const row of rows) statement.run(row);
}

/** What is used of better-sqlite3. */
interface SqliteConnection {
  prepare(sql: string): { run(values: readonly Value[]): unknown };
}

/** Deletes the rows whose column holds one of the values; gives what the databases say to that. */
export async function deleteWhere(
  trx: Knex,
  table: string,
  column: string,
  values: readonly (string | number)[],
): Promise<void> {
  if (values.length === 0) return;
  const type = typeof values[0] === 'number' ? 'bigint' : 'text';
  const { sql, bindings } = givenRows(
    trx,
    { value: type },
    values.map(value => [value]),
  );
  await trx.raw(
    `delete from "${table}" where "${column}" in (${sql})`,
    bindings,
  );
}

/** The rows of a query that is written out. */
export async function queryRows<Row>(
  knex: Knex,
  sql: string,
  bindings: readonly Value[],
): Promise<Row[]> {
  const answer = await knex.raw(sql, bindings as Value[]);
  return isPostgres(knex) ? answer.rows : answer;
}

const SUSPECT = /\\u(0000|d[89a-f])/i;
const REPLACEMENT = '\ufffd';

/** JSON that PostgreSQL takes: it refuses NUL and halves of surrogate pairs. */
function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(value, (_, part) =>
    typeof part === 'string'
      ? part.replaceAll('\0', REPLACEMENT).replace(/\p{Cs}/gu, REPLACEMENT)
      : part,
  );
}
