import { connect, createServer, type Socket } from 'node:net';

/**
 * A proxy on TCP in front of a portal, with which a test does to websockets
 * what networks do to them. Everything else always passes.
 */
export class SocketGate {
  readonly #connections = new Set<Socket>();
  /** Open websockets, each with its way on to the portal. */
  readonly #websockets = new Map<Socket, Socket>();
  readonly #server = createServer(client => this.#accept(client));
  #mode: 'open' | 'dropped' | 'stalled' = 'open';

  private constructor(
    readonly port: number,
    private readonly targetPort: number,
  ) {}

  static async open(port: number, targetPort: number): Promise<SocketGate> {
    const gate = new SocketGate(port, targetPort);
    await new Promise<void>((resolve, reject) => {
      gate.#server.once('error', reject);
      gate.#server.listen(port, '127.0.0.1', resolve);
    });
    return gate;
  }

  /** How many websockets are open through the gate. */
  get openWebsockets(): number {
    return this.#websockets.size;
  }

  /** Ends every websocket, and refuses new ones. */
  drop(): void {
    this.#mode = 'dropped';
    this.#websockets.forEach((_, client) => client.destroy());
  }

  /** Keeps every websocket open, and lets nothing through any more. */
  stall(): void {
    this.#mode = 'stalled';
    this.#websockets.forEach(hold);
  }

  /** Lets new websockets through; one that was stalled stays so. */
  restore(): void {
    this.#mode = 'open';
  }

  async close(): Promise<void> {
    this.#connections.forEach(connection => connection.destroy());
    await new Promise(resolve => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    const portal = connect(this.targetPort, '127.0.0.1');
    this.#join(client, portal);
    this.#join(portal, client);
    // A browser opens a connection of its own for each websocket.
    client.once('data', head => {
      const websocket = /^upgrade:\s*websocket/im.test(head.toString('latin1'));
      if (websocket && this.#mode === 'dropped') {
        client.destroy();
        return;
      }
      portal.write(head);
      client.pipe(portal);
      portal.pipe(client);
      if (websocket) {
        this.#websockets.set(client, portal);
        if (this.#mode === 'stalled') hold(portal, client);
      }
    });
  }

  /** What happens to one end happens to the other. */
  #join(one: Socket, other: Socket): void {
    this.#connections.add(one);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      this.#connections.delete(one);
      this.#websockets.delete(one);
      other.destroy();
    });
  }
}

function hold(portal: Socket, client: Socket): void {
  client.unpipe(portal);
  portal.unpipe(client);
}
