import { join } from 'node:path';
import type { Portal } from '../../scripts/portal.mjs';
import { freePort } from '../../e2e/portal/freePort';

/** Who asks: the first sees everything, the second every other component. */
export const READERS = ['everything', 'half'] as const;

/** A backend with Fettle alone, in a process of its own, on one of the databases. */
export class BenchBackend {
  /** `entry` calls `startBenchBackend`; resolves once it is filled and answers. */
  static async start(options: {
    database: string;
    folder: string;
    /** Of PostgreSQL; SQLite where it is left out. */
    connection?: string;
    entry: string;
    env: Record<string, string>;
    /** What is in app-config under `fettle`. */
    fettle?: object;
  }): Promise<BenchBackend> {
    const { database, folder, connection, entry, env, fettle } = options;
    const { startPortal } = await import('../../scripts/portal.mjs');
    const port = await freePort();
    const portal = await startPortal({
      ...{ port, entry, env },
      dataDir: join(folder, database),
      timeoutMs: 30 * 60_000,
      extraConfig: {
        permission: { enabled: false },
        ...(fettle ? { fettle } : {}),
        backend: {
          ...(connection ? { database: { client: 'pg', connection } } : {}),
          auth: {
            externalAccess: READERS.map(subject => ({
              type: 'static',
              options: { token: `${subject}-0123456789`, subject },
            })),
          },
        },
      },
    });
    return new BenchBackend(database, portal);
  }

  private constructor(
    readonly database: string,
    private readonly portal: Portal,
  ) {}

  /** A POST where there is a body. */
  async ask(
    path: string,
    reader: (typeof READERS)[number],
    body?: object,
  ): Promise<any> {
    const response = await fetch(`${this.portal.url}/api/fettle${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${reader}-0123456789`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const answer: any = await response.json();
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  stop(): Promise<void> {
    return this.portal.kill();
  }
}
