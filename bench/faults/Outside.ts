import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NpmRegistry } from '../../plugins/fettle-backend-module-playbooks/src/testing/NpmRegistry';

/** The commit that the tag `v4` of every action is at. */
export const TAG_COMMIT = 'c'.repeat(40);
/** The digest that every tag of an image is at. */
export const DIGEST = `sha256:${createHash('sha256')
  .update('image')
  .digest('hex')}`;

/** What the steps ask outside: registries of packages and images, and a host of actions, on loopback. */
export class Outside {
  static async start(): Promise<Outside> {
    const npm = await NpmRegistry.start();
    npm.publish('leaf', '1.0.0').publish('leaf', '1.0.1');
    const server = createServer(({ url = '/' }, response) => {
      if (url.startsWith('/v2/')) {
        response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
      } else if (/\/info\/refs/.test(url)) {
        // The protocol of files: https://git-scm.com/docs/http-protocol
        response.writeHead(200, { 'content-type': 'text/plain' });
        response.end(`${TAG_COMMIT}\trefs/tags/v4\n`);
      } else if (url.endsWith('/HEAD')) {
        response.end('ref: refs/heads/main\n');
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    return new Outside(npm, server);
  }

  private constructor(readonly npm: NpmRegistry, readonly server: Server) {}

  /** `fettle.steps` */
  get steps() {
    const { port } = this.server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    return {
      updateDependency: {
        registries: { npm: { enabled: true, baseUrl: this.npm.baseUrl } },
      },
      pinActions: { hosts: [{ baseUrl }] },
      pinImages: { registries: [{ host: 'docker.io', baseUrl }] },
    };
  }

  async stop(): Promise<void> {
    await this.npm.stop();
    this.server.closeAllConnections();
    this.server.close();
  }
}
