import type { JsonValue } from '@backstage/types';
import { BackendSqlite } from 'openworkflow/sqlite';
import type { Backend } from 'openworkflow/internal';
import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { retryingBackend } from './retryingBackend';
import type { WorkStore } from './WorkStore';

const ENDED_BEFORE = `SELECT "id" FROM "workflow_runs" WHERE "status" IN ('completed', 'succeeded', 'failed', 'canceled') AND "finished_at" < ?`;

/**
 * Durable work in a SQLite file of its own. The second connection is of the
 * same SQLite build as the engine's: two builds in one process lose each
 * other's file locks.
 */
export class SqliteWorkStore implements WorkStore {
  private constructor(
    readonly backend: Backend,
    private readonly database: DatabaseSync,
    private readonly temporaryDirectory: string | undefined,
  ) {}

  /** @param temporaryDirectory - removed with all it holds when the store is closed */
  static async open(options: {
    file: string;
    temporaryDirectory?: string;
  }): Promise<SqliteWorkStore> {
    const database = new DatabaseSync(options.file);
    // For this connection only; the engine's answers "locked" at once and is retried.
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;');
    const backend = await connect(options.file);
    database.exec(
      `CREATE TABLE IF NOT EXISTS "kept_signals" (
        "run_id" TEXT NOT NULL, "name" TEXT NOT NULL, "payload" TEXT NOT NULL,
        PRIMARY KEY ("run_id", "name"))`,
    );
    return new SqliteWorkStore(
      retryingBackend(backend, isLocked),
      database,
      options.temporaryDirectory,
    );
  }

  async keepSignal(runId: string, name: string, payload: JsonValue) {
    this.database
      .prepare(`INSERT OR IGNORE INTO "kept_signals" VALUES (?, ?, ?)`)
      .run(runId, name, JSON.stringify(payload));
  }

  async findSignal(runId: string, name: string) {
    const row = this.database
      .prepare(
        `SELECT "payload" FROM "kept_signals" WHERE "run_id" = ? AND "name" = ?`,
      )
      .get(runId, name);
    return row && { payload: JSON.parse(String(row.payload)) as JsonValue };
  }

  async prune(endedBefore: Date): Promise<number> {
    const before = endedBefore.toISOString();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const table of ['step_attempts', 'workflow_signals']) {
        this.database
          .prepare(
            `DELETE FROM "${table}" WHERE "workflow_run_id" IN (${ENDED_BEFORE})`,
          )
          .run(before);
      }
      const { changes } = this.database
        .prepare(`DELETE FROM "workflow_runs" WHERE "id" IN (${ENDED_BEFORE})`)
        .run(before);
      this.database.exec(
        `DELETE FROM "kept_signals" WHERE "run_id" NOT IN (SELECT "id" FROM "workflow_runs");
         COMMIT`,
      );
      return Number(changes);
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  async close() {
    await this.backend.stop();
    this.database.close();
    if (this.temporaryDirectory) {
      await rm(this.temporaryDirectory, { recursive: true, force: true });
    }
  }
}

/** Two processes that open a new file at once find it locked; the tables are made only if missing. */
async function connect(file: string): Promise<Backend> {
  for (let left = 100; ; left--) {
    try {
      return BackendSqlite.connect(file);
    } catch (error) {
      if (!isLocked(Reflect.get(Object(error), 'cause')) || left === 0) {
        throw error;
      }
      await delay(50);
    }
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED, with their extensions. */
function isLocked(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(error), 'errcode');
  return typeof code === 'number' && [5, 6].includes(code % 256);
}
