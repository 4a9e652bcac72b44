import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import type { Recorded } from './FakeGithub';

/** GitHub's description of its API, served as a mock that checks requests. */
export class Prism {
  static async start(): Promise<Prism> {
    const port = await freePort();
    const description = require.resolve(
      '@octokit/openapi/generated/api.github.com.json',
    );
    const cli = require.resolve('@stoplight/prism-cli/dist/index.js');
    const child = spawn(
      process.execPath,
      [cli, 'mock', '--port', String(port), '--host', '127.0.0.1', description],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    await new Promise<void>((resolve, reject) => {
      let said = '';
      const hear = (chunk: Buffer) => {
        said += chunk;
        if (said.includes('listening')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', code =>
        reject(new Error(`Prism ended (${code}): ${said.slice(-500)}`)),
      );
    });
    return new Prism(child, `http://127.0.0.1:${port}`);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** That the description has the requests, as they were made. */
  async check(requests: readonly Recorded[]): Promise<void> {
    for (const { method, path, body: sent } of requests) {
      const answer = await fetch(`${this.url}${path}`, {
        method,
        ...{ redirect: 'manual', body: sent },
        headers: {
          authorization: 'Bearer x',
          ...(sent ? { 'content-type': 'application/json' } : {}),
        },
      });
      const body = await answer.text();
      // Prism answers 404 and 422 for what the description does not have.
      expect(`${method} ${path} ${answer.status} ${body}`).not.toMatch(
        /stoplight\.io\/prism\/errors/,
      );
      const violations = answer.headers.get('sl-violations') ?? body;
      expect(
        answer.status < 400 || `${method} ${path} ${sent}: ${violations}`,
      ).toBe(true);
    }
  }

  stop(): void {
    this.child.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
