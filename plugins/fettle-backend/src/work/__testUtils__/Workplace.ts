import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorkEngine } from '../createWorkEngine';
import type { RunStatus, WorkEngine } from '../WorkEngine';
import { registerWorkflows } from './registerWorkflows';

/** Short, so that takeovers do not take half a minute; the mechanism is the same. */
const LEASE_SECONDS = 3;

/** A database of one test, with the engines and processes that work on it. */
export class Workplace {
  readonly journal: string;
  private readonly engines: WorkEngine[] = [];
  private readonly children: ChildProcess[] = [];
  private readonly knexes: Knex[] = [];

  private constructor(
    private readonly directory: string,
    readonly config: Knex.Config,
    private readonly schema?: string,
  ) {
    this.journal = join(directory, 'journal');
    writeFileSync(this.journal, '');
  }

  /** @param address - a PostgreSQL server, else SQLite */
  static async open(address?: string): Promise<Workplace> {
    const directory = await mkdtemp(join(tmpdir(), 'fettle-conformance-'));
    if (!address) {
      const filename = join(directory, 'fettle.sqlite');
      return new Workplace(directory, {
        ...{ client: 'better-sqlite3', useNullAsDefault: true },
        connection: { filename },
      });
    }
    const schema = `t${randomUUID().replace(/-/g, '')}`;
    return new Workplace(
      directory,
      {
        client: 'pg',
        connection: address,
        searchPath: [schema],
        pool: { min: 0, max: 2 },
      },
      `${schema}_work`,
    );
  }

  knex(): Knex {
    const knex = knexFactory(this.config);
    this.knexes.push(knex);
    return knex;
  }

  /** An engine in this process. */
  async engine(options?: { idle?: boolean }): Promise<WorkEngine> {
    const engine = await createWorkEngine({
      database: { getClient: async () => this.knex() },
      logger: mockServices.logger.mock(),
      leaseSeconds: LEASE_SECONDS,
    });
    this.engines.push(engine);
    registerWorkflows(engine, false);
    if (!options?.idle) {
      await engine.run();
    }
    return engine;
  }

  /** An engine in a process of its own. */
  child(options?: { holds?: boolean }): ChildProcess {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    const child = spawn(
      process.execPath,
      [
        '--no-warnings',
        ...[
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        join(__dirname, 'workerProcess.ts'),
      ],
      {
        env: {
          ...env,
          FETTLE_WORKER: JSON.stringify({
            config: this.config,
            leaseSeconds: LEASE_SECONDS,
            holds: options?.holds ?? false,
          }),
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    this.children.push(child);
    return child;
  }

  /** Lets step three end wherever it is held. */
  release() {
    writeFileSync(`${this.journal}.go`, '');
  }

  /** Ends what the engines have open on PostgreSQL, as a restart of it would; gives the number. */
  async cutConnections(): Promise<number> {
    const { rows } = await this.knex().raw(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'fettle_work' AND query LIKE ?`,
      [`%${this.schema}%`],
    );
    return rows.length;
  }

  note(line: string) {
    appendFileSync(this.journal, `${line}\n`);
  }

  lines(): string[] {
    return readFileSync(this.journal, 'utf8').split('\n').filter(Boolean);
  }

  async written(line: string): Promise<void> {
    await until(() => this.lines().includes(line), `"${line}" in the journal`);
  }

  async dispose() {
    for (const child of this.children) {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      }
    }
    await Promise.all(this.engines.map(engine => engine.stop(2)));
    if (this.schema) {
      await this.knex().raw('DROP SCHEMA IF EXISTS ?? CASCADE', [this.schema]);
    }
    await Promise.all(this.knexes.map(knex => knex.destroy()));
    if (existsSync(this.directory)) {
      await rm(this.directory, { recursive: true });
    }
  }
}

/** Waits until it is so; a test that waits in vain says for what. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const end = performance.now() + 40_000;
  while (!(await isSo())) {
    if (performance.now() > end) {
      throw new Error(`Waited in vain for ${what}`);
    }
    await delay(25);
  }
}

/** Waits until the run has ended. */
export async function ended(
  engine: WorkEngine,
  runId: string,
): Promise<RunStatus> {
  let status: RunStatus | undefined;
  await until(async () => {
    status = await engine.status(runId);
    return (
      status === undefined || !['waiting', 'running'].includes(status.state)
    );
  }, `the end of run ${runId}`);
  if (!status) {
    throw new Error(`Run ${runId} is gone`);
  }
  return status;
}
