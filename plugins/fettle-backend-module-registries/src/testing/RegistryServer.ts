import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { DefaultCallBudgets } from 'backstage-plugin-fettle-node';
import type { PackageKey, ReleaseSource } from 'backstage-plugin-fettle-node';
import type { ReleaseSourceHarness } from 'backstage-plugin-fettle-node/testUtils';
import type { RegistrySettings } from '../config/readRegistriesConfig';
import type { RegistryKind } from '../RegistryKind';
import { RegistrySource } from '../RegistrySource';

/** What is answered to a path: a text, JSON, or anything by hand. */
export type Answer = string | object | ((response: ServerResponse) => void);

/** A registry on loopback that answers what it is told to, and 404 to all else. */
export class RegistryServer {
  readonly asked: string[] = [];
  readonly headers: Record<string, string | string[] | undefined>[] = [];
  readonly #answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '', headers }, response) => {
      this.asked.push(url);
      this.headers.push(headers);
      const answer = this.#answers.get(url) ?? this.#answers.get('everything');
      if (answer === undefined) {
        response.writeHead(404).end('not found');
      } else if (typeof answer === 'function') {
        answer(response);
      } else {
        const json = typeof answer !== 'string';
        response.end(json ? JSON.stringify(answer) : answer);
      }
    });
  }

  static async start(): Promise<RegistryServer> {
    const server = createServer();
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    return new RegistryServer(server);
  }

  get baseUrl(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/base`;
  }

  /** `path` is below the base address, `everything` for what has no answer of its own. */
  answer(path: string, answer: Answer): this {
    this.#answers.set(path === 'everything' ? path : `/base/${path}`, answer);
    return this;
  }

  source(
    kind: RegistryKind,
    options: {
      settings?: Partial<RegistrySettings>;
      limits?: { timeoutMs?: number; maxBytes?: number };
    } = {},
  ): ReleaseSource {
    const budgets = DefaultCallBudgets.fromConfig(new ConfigReader({}));
    return new RegistrySource(
      { kind, baseUrl: this.baseUrl, ...options.settings },
      budgets.forHost(new URL(this.baseUrl).host),
      options.limits,
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => {
      this.server.close(done);
    });
  }
}

/** What the contract suite asks, of a registry that has some answers. */
export function harnessOf(
  kind: RegistryKind,
  answers: Readonly<Record<string, Answer>>,
  known: { name: string; newest: string },
  unknown: string,
): () => Promise<ReleaseSourceHarness> {
  const named = (name: string): PackageKey => ({
    ...{ ecosystem: kind.ecosystem, name },
  });
  return async () => {
    const server = await RegistryServer.start();
    for (const [path, answer] of Object.entries(answers)) {
      server.answer(path, answer);
    }
    return {
      source: server.source(kind),
      known: { ...named(known.name), newest: known.newest },
      unknown: named(unknown),
      asked: () => server.asked,
      dispose: () => server.stop(),
    };
  };
}
