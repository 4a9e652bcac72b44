import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { OpenWorkflowEngine } from './OpenWorkflowEngine';
import { postgresConnection } from './postgresConnection';
import { PostgresWorkStore } from './PostgresWorkStore';
import { SqliteWorkStore } from './SqliteWorkStore';
import type { WorkEngine } from './WorkEngine';
import type { WorkStore } from './WorkStore';

/** How durable work is set up; everything but the database has a default. */
export interface WorkEngineOptions {
  /** The plugin's database: durable work goes beside it. */
  database: Pick<DatabaseService, 'getClient'>;
  logger: LoggerService;
  /** Runs at a time in this process. 5 if not given. */
  concurrency?: number;
  /** After how long a dead process's runs are taken over. 30 if not given. */
  leaseSeconds?: number;
}

/**
 * Durable work beside the plugin's tables: on PostgreSQL in a schema of its own
 * in the same database (`fettle_work`, or `<the plugin's schema>_work`), on
 * SQLite in `<the plugin's file>-work.sqlite`; with a database in memory, in a
 * temporary file that `stop` removes.
 *
 * @throws InputError for other databases, or a connection that cannot be used
 */
export async function createWorkEngine(
  options: WorkEngineOptions,
): Promise<WorkEngine> {
  const { database, ...rest } = options;
  const knex = await database.getClient();
  const store = await openStore(knex, rest.concurrency ?? 5);
  return new OpenWorkflowEngine({ store, ...rest });
}

async function openStore(knex: Knex, concurrency: number): Promise<WorkStore> {
  const config: Knex.Config & { role?: string } = knex.client.config;
  switch (config.client) {
    case 'pg':
      return PostgresWorkStore.open({
        connection: await postgresConnection(config.connection, config.role),
        schema: schemaBeside(config.searchPath),
        poolSize: Math.min(concurrency + 1, 10),
      });
    case 'better-sqlite3':
    case 'sqlite3':
      return SqliteWorkStore.open(await fileBeside(config.connection));
    default:
      throw new InputError(
        `Durable work runs on PostgreSQL (client pg) or SQLite (client better-sqlite3), not on ${config.client}`,
      );
  }
}

function schemaBeside(searchPath: Knex.Config['searchPath']): string {
  const [schema] = [searchPath ?? []].flat();
  return schema
    ? `${schema.replace(/\W/g, '_').slice(0, 58)}_work`
    : 'fettle_work';
}

async function fileBeside(
  connection: unknown,
): Promise<{ file: string; temporaryDirectory?: string }> {
  const filename: unknown = Reflect.get(Object(connection), 'filename');
  if (typeof filename === 'string' && filename && filename !== ':memory:') {
    const { dir, name } = parse(filename);
    return { file: join(dir, `${name}-work.sqlite`) };
  }
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'fettle-work-'));
  return { file: join(temporaryDirectory, 'work.sqlite'), temporaryDirectory };
}
