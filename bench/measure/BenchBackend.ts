import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Portal } from '../../scripts/portal.mjs';
import { freePort } from '../../e2e/portal/freePort';

/** Who asks: the first sees everything, the second every other component. */
export const READERS = ['everything', 'half'] as const;

const DEMO_PLAYBOOKS = {
  'add-licence': { enabled: false },
  'apply-drifted-standards': { enabled: false },
};

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
    fettle?: { playbooks?: object; [key: string]: unknown };
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
        fettle: {
          ...fettle,
          // The demonstration's need parts that a bench leaves out.
          playbooks: { ...DEMO_PLAYBOOKS, ...fettle?.playbooks },
        },
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

  get url(): string {
    return this.portal.url;
  }

  /** Its exit code or signal, once it has ended. */
  get exited(): Promise<number | string> {
    return this.portal.exited;
  }

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

  /** Of the process, of those that it keeps, and of all that they started and that ended; null where the system does not tell. */
  async cpuSeconds(): Promise<number | null> {
    const { pid } = this.portal;
    const children = await readFile(
      `/proc/${pid}/task/${pid}/children`,
      'utf8',
    ).catch(() => '');
    const all = [`${pid}`, ...children.split(' ').filter(Boolean)];
    const seconds = await Promise.all(all.map(cpuSecondsOf));
    return seconds[0] === null
      ? null
      : seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  }

  stop(): Promise<void> {
    return this.portal.kill();
  }
}

async function cpuSecondsOf(pid: string): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // What follows the name in brackets, in hundredths of a second: see proc(5).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields
    ? fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0) / 100
    : null;
}
