import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry on loopback that is nothing but files: proxies of Go, Composer repositories, indexes of Python. */
export class FileServer {
  readonly asked: string[] = [];
  readonly tokens = new Set<string | undefined>();
  readonly #files = new Map<
    string,
    { body: string | Buffer; headers: Record<string, string> }
  >();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '/', headers }, response) => {
      this.asked.push(url);
      this.tokens.add(headers.authorization);
      const file = this.#files.get(url);
      if (!file) response.writeHead(404).end('Not found');
      else response.writeHead(200, file.headers).end(file.body);
    });
  }

  static async start(): Promise<FileServer> {
    const server = createServer();
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    return new FileServer(server);
  }

  get baseUrl(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  put(path: string, body: string | Buffer, headers = {}): this {
    this.#files.set(path, { body, headers });
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => {
      this.server.close(done);
    });
  }
}
