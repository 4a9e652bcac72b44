import type { Knex } from 'knex';
import { storableJson } from './storable';

/** The types that {@link Dialect.rows} can hand over. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision';

/** What a column holds. */
export type Value = string | number | null;

/** A piece of SQL with its parameters. */
export interface Sql {
  sql: string;
  bindings: Value[];
}

/** What the two databases say differently, and nothing else. */
export interface Dialect {
  /**
   * A `select` of many rows from one JSON parameter: no limit on the number of
   * parameters, and one statement to prepare whatever the number of rows.
   */
  rows(columns: Readonly<Record<string, ColumnType>>, rows: Value[][]): Sql;
  /** Whether a column is in a list of any length, given as one parameter. */
  oneOf(column: string, values: Iterable<string>): Sql;
  /** An aggregate: JSON text, a list of the pairs of two columns, in any order. */
  pairs(first: string, second: string): string;
  /** Once, when the database is opened. */
  prepare(knex: Knex): Promise<void>;
  /** Locks the selected rows, leaving out those that another transaction has locked. */
  skipLocked<T extends Knex.QueryBuilder>(query: T): T;
  /** Locks the selected rows against other writers of them, and nobody who only refers to them. */
  lockRows<T extends Knex.QueryBuilder>(query: T): T;
}

const sqlite: Dialect = {
  rows(columns, rows) {
    const list = Object.keys(columns)
      .map((name, i) => `json_extract(value, '$[${i}]') as "${name}"`)
      .join(', ');
    return {
      sql: `select ${list} from json_each(?)`,
      bindings: [storableJson(rows)],
    };
  },
  oneOf: (column, values) => ({
    sql: `${column} in (select value from json_each(?))`,
    bindings: [storableJson([...values])],
  }),
  pairs: (first, second) => `json_group_array(json_array(${first}, ${second}))`,
  // As durable as the default journal, at half the cost of a small write, and
  // readers of other processes do not block it. The file remembers it.
  prepare: async knex => {
    await knex.raw('pragma journal_mode = wal');
  },
  // One connection, and one transaction at a time on it.
  skipLocked: query => query,
  lockRows: query => query,
};

const postgres: Dialect = {
  rows(columns, rows) {
    const names = Object.keys(columns);
    const types = names.map(name => `"${name}" ${columns[name]}`);
    const objects = rows.map(row =>
      Object.fromEntries(row.map((value, i) => [names[i], value])),
    );
    return {
      sql: `select * from json_to_recordset(?::json) as given(${types.join(
        ', ',
      )})`,
      bindings: [storableJson(objects)],
    };
  },
  oneOf: (column, values) => ({
    sql: `${column} in (select json_array_elements_text(?::json))`,
    bindings: [storableJson([...values])],
  }),
  pairs: (first, second) =>
    `json_agg(json_build_array(${first}, ${second}))::text`,
  prepare: async () => {},
  skipLocked: query => query.forUpdate().skipLocked() as typeof query,
  lockRows: query => query.forNoKeyUpdate() as typeof query,
};

/** Throws for a database that the store is not tested on. */
export function dialectOf(knex: Knex): Dialect {
  const { client } = knex.client.config;
  if (client === 'better-sqlite3') return sqlite;
  if (client === 'pg') return postgres;
  throw new Error(
    `Fettle stores in PostgreSQL or better-sqlite3, but backend.database.client is '${client}'`,
  );
}
