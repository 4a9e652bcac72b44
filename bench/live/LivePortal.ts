import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Portal } from '../../scripts/portal.mjs';
import { buildFleet, repositoryPath } from '../../demo/buildFleet';
import { pause } from '../measure/clock';
import { MARKS, UNWATCHED, type Mark } from './Mark';

/** A repository of the fleet: watched, so that a push to it is seen, or not, so that it has to be told. */
export interface Target {
  id: string;
  gitDir: string;
  remote: string;
  component: string;
}

/** The real portal with a fleet of its own, in a folder that is deleted at the end. */
export class LivePortal {
  static async start(options: {
    port: number;
    watched: string;
    unwatched: string;
  }): Promise<LivePortal> {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-'));
    const demoDir = join(folder, 'demo');
    await buildFleet(demoDir);
    const remoteOf = (name: string) =>
      pathToFileURL(repositoryPath(demoDir, name).replace(/\.git$/, '')).href;
    const portal = new LivePortal(folder, options.port);
    try {
      await portal.#start(demoDir, {
        watched: { name: options.watched, remote: remoteOf(options.watched) },
        unwatched: {
          name: options.unwatched,
          remote: remoteOf(options.unwatched),
        },
      });
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  /** The watched one, then the other. */
  readonly targets: Target[] = [];
  #marks: Mark[] = [];
  #process: Portal | undefined;
  #token = '';

  private constructor(readonly folder: string, private readonly port: number) {}

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the portal did since this was last asked. */
  takeMarks(): Mark[] {
    return this.#marks.splice(0);
  }

  /** Tells of a push, as a webhook would. */
  async tellPush(remote: string): Promise<void> {
    const response = await fetch(`${this.url}/api/fettle/push`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ remote }),
    });
    const answer = await response.text();
    if (response.status !== 202) {
      throw new Error(`POST /push: ${response.status} ${answer}`);
    }
  }

  async stop(): Promise<void> {
    await this.#process?.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #start(
    demoDir: string,
    names: Record<'watched' | 'unwatched', { name: string; remote: string }>,
  ): Promise<void> {
    const { startPortal } = await import('../../scripts/portal.mjs');
    this.#process = await startPortal({
      port: this.port,
      dataDir: join(this.folder, 'data'),
      demoDir,
      entry: join(__dirname, 'timedPortalProcess.ts'),
      // Copying the pages into the database takes seconds, and no other release runs beside this one.
      extraConfig: { app: { disableStaticFallbackCache: true } },
      env: { [UNWATCHED]: names.unwatched.remote },
      onLine: line => this.#hear(line),
    });
    const signIn = await fetch(`${this.url}/api/auth/guest/refresh`);
    const { backstageIdentity } = (await signIn.json()) as any;
    this.#token = backstageIdentity.token;
    const deadline = Date.now() + 60_000;
    for (;;) {
      const items = await this.#repositories();
      const pending = items.filter(({ state }) => state === 'pending');
      const found = [names.watched, names.unwatched].flatMap(
        ({ name, remote }) =>
          items
            .filter(item => item.name === name && item.entities.length > 0)
            .map(item => ({
              id: item.id,
              gitDir: repositoryPath(demoDir, name),
              remote,
              component: item.entities[0].entityRef.split('/')[1],
            })),
      );
      if (found.length === 2 && pending.length === 0) {
        this.targets.push(...found);
        return;
      }
      if (Date.now() > deadline) throw new Error('The fleet was not read');
      await pause(250);
    }
  }

  async #repositories(): Promise<any[]> {
    const response = await fetch(
      `${this.url}/api/fettle/repositories?limit=500`,
      { headers: { authorization: `Bearer ${this.#token}` } },
    );
    return ((await response.json()) as any).items ?? [];
  }

  #hear(line: string): void {
    if (!line.startsWith(MARKS)) return;
    this.#marks.push(...JSON.parse(line.slice(MARKS.length)));
  }
}
