import type { JsonValue } from '@backstage/types';
import { BackendPostgres } from 'openworkflow/postgres';
import type { Backend } from 'openworkflow/internal';
import postgres, { type Options, type Sql } from 'postgres';
import { retrying, retryingBackend } from './retryingBackend';
import type { WorkStore } from './WorkStore';

/** Any number that no other lock of this database has. */
const MIGRATION_LOCK = 7_338_517_211;

/** Durable work in a PostgreSQL schema of its own, beside the plugin's tables. */
export class PostgresWorkStore implements WorkStore {
  private constructor(
    readonly backend: Backend,
    private readonly sql: Sql,
    private readonly schema: string,
  ) {}

  static async open(options: {
    connection: Options<{}>;
    schema: string;
    poolSize: number;
  }): Promise<PostgresWorkStore> {
    const { schema } = options;
    const connection: Options<{}> = {
      ...options.connection,
      max: options.poolSize,
      onnotice: () => {},
      // By default up to 20 s, longer than a call is tried again.
      backoff: retries => Math.min(0.1 * 2 ** retries, 2),
      // The engine reads its rows in camel case and hangs without it.
      transform: { column: { from: postgres.toCamel } },
    };
    const sql = postgres(connection);
    try {
      await migrate(sql, connection, schema);
    } catch (error) {
      await sql.end();
      throw error;
    }
    const backend = BackendPostgres.fromPool(sql, { schema });
    return new PostgresWorkStore(retryingBackend(backend, isAway), sql, schema);
  }

  async keepSignal(runId: string, name: string, payload: JsonValue) {
    await this.sql`
      INSERT INTO ${this.sql(this.schema)}."kept_signals"
      VALUES (${runId}, ${name}, ${JSON.stringify(payload)})
      ON CONFLICT DO NOTHING`;
  }

  async findSignal(runId: string, name: string) {
    const [row] = await retrying(
      async () => this.sql<{ payload: string }[]>`
        SELECT "payload" FROM ${this.sql(this.schema)}."kept_signals"
        WHERE "run_id" = ${runId} AND "name" = ${name}`,
      isAway,
    );
    return row && { payload: JSON.parse(row.payload) as JsonValue };
  }

  async prune(endedBefore: Date): Promise<number> {
    const schema = this.sql(this.schema);
    // Step attempts go with their run, by foreign key.
    const runs = await this.sql`
      DELETE FROM ${schema}."workflow_runs"
      WHERE "status" IN ('completed', 'succeeded', 'failed', 'canceled')
      AND "finished_at" < ${endedBefore}`;
    for (const [table, column] of [
      ['workflow_signals', 'workflow_run_id'],
      ['kept_signals', 'run_id'],
    ]) {
      await this.sql`
        DELETE FROM ${schema}.${this.sql(table)} s WHERE NOT EXISTS (
          SELECT 1 FROM ${schema}."workflow_runs" r
          WHERE r."id" = s.${this.sql(column)})`;
    }
    return runs.count;
  }

  async close() {
    await this.sql.end({ timeout: 5 });
  }
}

/** Several replicas make their first connection at once; one of them makes the tables. */
async function migrate(sql: Sql, connection: Options<{}>, schema: string) {
  const held = await sql.reserve();
  try {
    await held`SELECT pg_advisory_lock(${MIGRATION_LOCK})`;
    // The engine's migrations can only be reached through `connect`, which is
    // typed for an address but hands what it gets to postgres.js, where options
    // are as good. An address could carry neither certificates nor tokens.
    const migrator = await BackendPostgres.connect(
      { ...connection, max: 1 } as unknown as string,
      { schema },
    );
    await migrator.stop();
    await held`
      CREATE TABLE IF NOT EXISTS ${held(schema)}."kept_signals" (
        "run_id" TEXT NOT NULL, "name" TEXT NOT NULL, "payload" TEXT NOT NULL,
        PRIMARY KEY ("run_id", "name"))`;
    await held`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`;
  } finally {
    held.release();
  }
}

/** The server restarts, is full, or the network is gone for a moment. */
function isAway(error: unknown): boolean {
  const code = String(Reflect.get(Object(error), 'code'));
  return (
    [
      'CONNECTION_CLOSED',
      'CONNECT_TIMEOUT',
      '53300',
      '40001',
      '40P01',
    ].includes(code) ||
    /^(08...|57P0[123]|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/.test(
      code,
    )
  );
}
