import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
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
  readonly #tarballs = new Map<string, Buffer>();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '/', headers }, response) => {
      this.asked.push(url);
      this.tokens.add(headers.authorization);
      const name = decodeURIComponent(url.slice(1));
      const tarball = this.#tarballs.get(name);
      if (tarball) {
        response.end(tarball);
        return;
      }
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
    const manifest = JSON.stringify({ name, version, ...published });
    this.#tarballs.set(pathOf(name, version), pack(manifest));
    this.#packages.set(name, versions.set(version, published));
    return this;
  }

  /** As a lockfile has it. */
  entry(name: string, version: string) {
    const { dependencies } = this.#packages.get(name)!.get(version)!;
    return {
      version,
      resolved: this.#tarball(name, version),
      integrity: this.#integrity(name, version),
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
              integrity: this.#integrity(name, version),
            },
          },
        ]),
      ),
    };
  }

  #tarball(name: string, version: string): string {
    return `${this.baseUrl}/${pathOf(name, version)}`;
  }

  #integrity(name: string, version: string): string {
    const tarball = this.#tarballs.get(pathOf(name, version))!;
    return `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  }
}

function pathOf(name: string, version: string): string {
  return `${name}/-/${name.split('/').pop()}-${version}.tgz`;
}

/** An archive of one file: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function pack(manifest: string): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number) => `${value.toString(8).padStart(11, '0')} `;
  header.write('package/package.json', 0);
  header.write('0000644 ', 100);
  header.write(octal(manifest.length), 124);
  header.write(octal(0), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(manifest.length / 512) * 512 + 1024);
  body.write(manifest, 0);
  return gzipSync(Buffer.concat([header, body]));
}
