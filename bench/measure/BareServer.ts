import { fork, type ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';

/**
 * The least that a server can do, in a process of its own: answers a POST, and
 * echoes over a websocket. What the machine itself costs, to compare with.
 */
export class BareServer {
  static async start(): Promise<BareServer> {
    const child = fork(join(__dirname, 'bareServerProcess.ts'), {
      execArgv: process.execArgv,
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.on('message', message => {
        // The loader of TypeScript sends messages of its own.
        if (typeof message === 'number') resolve(message);
      });
      child.once('error', reject);
      child.once('exit', code => reject(new Error(`It ended (${code})`)));
    });
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new BareServer(child, port, socket);
  }

  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
    private readonly socket: WebSocket,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** One round trip over a connection that is kept open. */
  post(): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(
        this.url,
        { method: 'POST', agent: this.#agent },
        response => {
          response.on('end', resolve);
          response.resume();
        },
      );
      sent.once('error', reject);
      sent.end('{"remote":"file:///nothing"}');
    });
  }

  /** One message there and back. */
  echo(): Promise<void> {
    return new Promise(resolve => {
      this.socket.once('message', () => resolve());
      this.socket.send('{"scope":"fleet","revision":1}');
    });
  }

  stop(): void {
    this.#agent.destroy();
    this.socket.terminate();
    this.child.kill();
  }
}
