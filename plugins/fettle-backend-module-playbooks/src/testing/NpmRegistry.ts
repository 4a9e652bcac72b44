import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Published {
  dependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  /** ISO 8601. */
  at?: string;
}

/** A registry of npm on loopback: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
export class NpmRegistry {
  readonly asked: string[] = [];
  readonly tokens = new Set<string | undefined>();
  readonly #packages = new Map<string, Map<string, Published>>();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '/', headers }, response) => {
      this.asked.push(url);
      this.tokens.add(headers.authorization);
      const name = decodeURIComponent(url.slice(1));
      const versions = this.#packages.get(name);
      if (!versions) {
        response.writeHead(404).end('{"error":"Not found"}');
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.#packument(name, versions)));
    });
  }

  static async start(): Promise<NpmRegistry> {
    const server = createServer();
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    return new NpmRegistry(server);
  }

  get baseUrl(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  publish(name: string, version: string, published: Published = {}): this {
    const versions = this.#packages.get(name) ?? new Map();
    this.#packages.set(name, versions.set(version, published));
    return this;
  }

  /** As a lockfile has it. */
  entry(name: string, version: string) {
    const { dependencies } = this.#packages.get(name)!.get(version)!;
    return {
      version,
      resolved: this.#tarball(name, version),
      integrity: integrityOf(`${name}@${version}`),
      ...(dependencies ? { dependencies } : {}),
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => {
      this.server.close(done);
    });
  }

  #packument(name: string, versions: ReadonlyMap<string, Published>) {
    const all = [...versions];
    return {
      name,
      'dist-tags': { latest: all[all.length - 1][0] },
      time: Object.fromEntries(
        all.map(([version, { at = '2026-01-01T00:00:00.000Z' }]) => [
          ...[version, at],
        ]),
      ),
      versions: Object.fromEntries(
        all.map(([version, { dependencies, scripts }]) => [
          version,
          {
            ...{ name, version, dependencies, scripts },
            dist: {
              tarball: this.#tarball(name, version),
              integrity: integrityOf(`${name}@${version}`),
            },
          },
        ]),
      ),
    };
  }

  #tarball(name: string, version: string): string {
    const file = name.split('/').pop();
    return `${this.baseUrl}/${name}/-/${file}-${version}.tgz`;
  }
}

function integrityOf(text: string): string {
  return `sha512-${createHash('sha512').update(text).digest('base64')}`;
}
