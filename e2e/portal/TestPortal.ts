import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildFleet } from '../../demo/buildFleet';
import { playScenario, type ScenarioName } from '../../demo/playScenario';
import type { Portal } from '../../scripts/portal.mjs';
import { freePort } from './freePort';
import { SocketGate } from './SocketGate';

export interface TestPortalOptions {
  /** Names its folder, where its log stays. */
  name: string;
  /** Where its folder is, instead of `test-results/portals`. */
  folder?: string;
  /** Whether browsers reach it through a gate that can cut websockets. */
  gated?: boolean;
  /** Whether the CI of the demo runs beside it. */
  ci?: boolean;
  entry?: string;
  extraConfig?: { backend?: object; [key: string]: unknown };
  env?: Record<string, string>;
}

/**
 * The real portal in a process of its own, with data and a demo fleet of its
 * own.
 */
export class TestPortal {
  readonly #options: TestPortalOptions;
  readonly #port: number;
  readonly #ciPort: number;
  #process?: Portal;
  #ci?: { stop(): Promise<void> };

  /** Starts a portal that has never run before. */
  static async start(options: TestPortalOptions): Promise<TestPortal> {
    const dataDir = resolve(
      options.folder ?? join('test-results', 'portals'),
      options.name,
    );
    await rm(dataDir, { recursive: true, force: true });
    await mkdir(dataDir, { recursive: true });
    const [port, ciPort] = [await freePort(), await freePort()];
    const gate = options.gated
      ? await SocketGate.open(await freePort(), port)
      : undefined;
    const portal = new TestPortal(options, port, ciPort, dataDir, gate);
    await buildFleet(portal.demoDir);
    await portal.start();
    if (options.ci) await portal.startCi();
    return portal;
  }

  private constructor(
    options: TestPortalOptions,
    port: number,
    ciPort: number,
    readonly dataDir: string,
    readonly gate: SocketGate | undefined,
  ) {
    this.#options = options;
    this.#port = port;
    this.#ciPort = ciPort;
  }

  /** Where browsers find it. */
  get url(): string {
    return `http://localhost:${this.gate?.port ?? this.#port}`;
  }

  get demoDir(): string {
    return join(this.dataDir, 'demo');
  }

  /** Starts it on the port and with the data that it had. */
  async start(): Promise<void> {
    const { ci, entry, extraConfig, env } = this.#options;
    const listen = { port: this.#port, host: '127.0.0.1' };
    // An ES module, which the test runner can only load like this.
    const { startPortal } = await import('../../scripts/portal.mjs');
    this.#process = await startPortal({
      ...{ dataDir: this.dataDir, demoDir: this.demoDir, entry, env },
      port: this.gate?.port ?? this.#port,
      demoCi: ci ? { demoDir: this.demoDir, port: this.#ciPort } : undefined,
      extraConfig: {
        // Copying the pages into the database takes seconds, and no other release runs beside this one.
        app: { disableStaticFallbackCache: true },
        ...extraConfig,
        backend: { ...extraConfig?.backend, listen },
      },
    });
  }

  /** Starts the CI; commits of before are not run. */
  async startCi(): Promise<void> {
    const { startDemoCi } = await import('../../scripts/demoCi.mjs');
    this.#ci = startDemoCi({
      demoDir: this.demoDir,
      port: this.#ciPort,
      portalUrl: `http://localhost:${this.#port}`,
      first: 0,
    });
  }

  /** Ends it as an operator would. */
  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = undefined;
  }

  /** Ends it for good and leaves only its log and its config. */
  async close(): Promise<void> {
    await this.#ci?.stop();
    await this.kill();
    await this.gate?.close();
    for (const folder of ['db', 'cache', 'demo']) {
      await rm(join(this.dataDir, folder), { recursive: true, force: true });
    }
  }

  /** Plays a scenario of the demo: a real clone, a real commit, a real push. */
  async play(scenario: ScenarioName, repository: string) {
    return playScenario(this.demoDir, scenario, repository);
  }

  /** Asks the API as the guest would. */
  async get(path: string): Promise<unknown> {
    return this.#ask('GET', path, await this.#guestToken());
  }

  /** Tells the API as the guest would, or whoever the token is of. */
  async post(path: string, body: object, token?: string): Promise<unknown> {
    return this.#ask('POST', path, token ?? (await this.#guestToken()), body);
  }

  async #guestToken(): Promise<string> {
    const signIn = await fetch(`${this.url}/api/auth/guest/refresh`);
    const { backstageIdentity } = (await signIn.json()) as {
      backstageIdentity: { token: string };
    };
    return backstageIdentity.token;
  }

  async #ask(
    method: string,
    path: string,
    token: string,
    body?: object,
  ): Promise<unknown> {
    const response = await fetch(`${this.url}/api/fettle${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${path}: ${response.status} ${await response.text()}`,
      );
    }
    return response.json();
  }
}
