import { mkdirSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Ci } from '../../demo/ci/Ci';
import { Reporter } from '../../demo/ci/Reporter';
import type { RunRecord } from '../../demo/ci/Records';
import { serve } from '../../demo/ci/serve';
import { watchRefs } from '../../demo/ci/watchRefs';
import type { Repository } from '../measure/Repository';

const SECRET = 'of-the-demo-and-of-nobody-else';

/** The CI of the demo, for repositories of one's own. */
export class DemoCi {
  readonly #outbox: string;
  readonly #ci: Ci;
  readonly #reporter: Reporter;
  readonly #server: Server;
  readonly #unwatch: () => void;
  #pushing: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  /** Begins to run what is pushed from now on. */
  constructor(options: {
    folder: string;
    repositories: string;
    port: number;
    portalUrl: string;
  }) {
    const { folder, repositories, port, portalUrl } = options;
    mkdirSync(folder, { recursive: true });
    this.#outbox = join(folder, 'outbox');
    this.#reporter = new Reporter({
      folder,
      url: `${portalUrl}/api/fettle/deliveries/cdevents`,
      secret: SECRET,
    });
    this.#ci = new Ci({
      folder,
      repositories,
      reporter: this.#reporter,
      url: `http://localhost:${port}`,
    });
    this.#unwatch = watchRefs({
      repositories,
      everyMs: 250,
      onPush: async push => {
        if (this.#isStopped) return;
        this.#pushing = this.#ci.push(push);
        await this.#pushing;
      },
    });
    this.#reporter.start();
    this.#server = serve(this.#ci, { port, token: SECRET });
  }

  /** `fettle.cdevents` */
  static config(port: number) {
    const control = { baseUrl: `http://localhost:${port}`, token: SECRET };
    return { senders: [{ id: 'demo', secret: SECRET, control }] };
  }

  /** Has its default branch run, as if it were pushed now. */
  async run(repository: Repository): Promise<void> {
    await this.#ci.push({
      folder: repository.folder,
      branch: 'main',
      commit: (await repository.head())!,
    });
  }

  /** What its default branch ran last, as the CI keeps it. */
  lastRun({ folder }: Repository): RunRecord | undefined {
    return this.#ci.records
      .all()
      .filter(run => run.folder === folder && run.about.branch === 'main')
      .sort((a, b) => (a.about.queuedAt < b.about.queuedAt ? -1 : 1))
      .at(-1);
  }

  /** Nothing runs, and the portal took all that it was told. */
  async quiet(signal: AbortSignal): Promise<void> {
    await this.#ci.idle();
    while (readdirSync(this.#outbox).length > 0 && !signal.aborted) {
      await pause(100);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unwatch();
    await this.#pushing;
    this.#server.close();
    this.#server.closeAllConnections();
    this.#ci.stop();
    await this.#ci.idle();
    this.#reporter.stop();
  }
}
