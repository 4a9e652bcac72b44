import { execFileSync, spawn } from 'node:child_process';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface GitRequest {
  url: string;
  authorization: string | undefined;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A real Git server on the loopback: `git http-backend` behind node. */
export class GitHttpServer {
  static async start(folder: string): Promise<GitHttpServer> {
    const execPath = execFileSync('git', ['--exec-path']).toString().trim();
    const self = new GitHttpServer(
      folder,
      path.join(execPath, 'git-http-backend'),
    );
    await new Promise<void>(resolve => {
      self.server.listen(0, '127.0.0.1', resolve);
    });
    return self;
  }

  readonly requests: GitRequest[] = [];
  /** Answers in place of git where it returns true. */
  intercept: Handler = () => false;
  /** Whether its answer does not arrive. */
  lose: (request: IncomingMessage) => boolean = () => false;
  fetching = 0;
  mostFetching = 0;
  private readonly server: Server;

  private constructor(
    private readonly folder: string,
    private readonly backend: string,
  ) {
    this.server = createServer((request, response) => {
      this.requests.push({
        url: request.url!,
        authorization: request.headers.authorization,
      });
      if (!this.intercept(request, response)) this.answer(request, response);
    });
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, this.origin);
    const isLost = this.lose(request);
    const isFetch = request.method === 'POST';
    if (isFetch) {
      this.fetching += 1;
      this.mostFetching = Math.max(this.mostFetching, this.fetching);
    }
    const child = spawn(this.backend, [], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        PATH_INFO: decodeURI(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => {});
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.on('close', () => {
      if (isFetch) this.fetching -= 1;
      if (isLost) {
        response.destroy();
        return;
      }
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      for (const line of output.toString('latin1', 0, end).split('\r\n')) {
        const [name, value] = line.split(': ');
        if (name === 'Status') response.statusCode = parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.end(output.subarray(end + 4));
    });
  }
}
