import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { databases, FeedWorld, record } from '../testing/FeedWorld';

jest.setTimeout(180_000);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that gives what it is told to give. */
class FeedServer {
  readonly answers = new Map<string, Answer>();
  readonly asked: string[] = [];
  #server!: Server;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url!);
      const answer = this.answers.get(request.url!);
      if (answer) {
        answer(request, response);
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>(done => {
      this.#server.listen(0, '127.0.0.1', done);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** With an ETag, as osv.dev does. */
  give(path: string, body: Buffer | string): void {
    const etag = `"${Buffer.from(body).toString('base64').slice(-40)}${
      body.length
    }"`;
    this.answers.set(path, (request, response) => {
      response.setHeader('ETag', etag);
      if (request.headers['if-none-match'] === etag) response.statusCode = 304;
      response.end(response.statusCode === 304 ? undefined : body);
    });
  }

  /** What was asked for since the last time. */
  take(): string[] {
    return this.asked.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => {
      this.#server.close(done);
    });
  }
}

const DUMP = '/npm/all.zip';
const LIST = '/npm/modified_id.csv';
const HOUR = 60 * 60_000;

describe.each(databases().eachSupportedId())('advisories over HTTP, %p', id => {
  const created = databases();
  let world: FeedWorld;
  let server: FeedServer;
  beforeEach(async () => {
    world = await FeedWorld.create(await created.init(id));
    server = new FeedServer();
    await server.start();
  });
  afterEach(async () => {
    await server.stop();
    world.remove();
  });

  const start = async (limits = {}) =>
    world.start({ feeds: [{ ecosystem: 'npm', from: server.url }] }, limits);
  const refresh = async (hours = 1) => {
    await world.refresh('url');
    world.now = new Date(world.now.getTime() + hours * HOUR);
  };
  const dump = (...records: { id: string }[]) =>
    server.give(DUMP, readFileSync(world.zip('npm', records)));

  it('are imported once, and then asked for only if they changed', async () => {
    dump(record('A-1', 'left', '1.2.0'));
    await start();
    await refresh();
    expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
    expect(await world.feed()).toMatchObject({
      ...{ state: 'ok', records: 1 },
      from: `${server.url}/npm`,
    });
    const commits = world.commits;
    await refresh();
    expect(server.take()).toEqual([DUMP, LIST, DUMP]);
    expect(world.commits).toBe(commits);
    dump(record('A-2', 'left', '1.2.0'));
    await refresh();
    expect(await world.rules('left', '1.0.0')).toEqual(['A-2']);
  });

  it('are followed by the list of what changed, record by record', async () => {
    dump(record('A-1', 'left', '1.2.0'), record('A-2', 'left', '1.2.0'));
    server.give(LIST, '2026-01-01T00:00:00Z,A-1\n2026-01-01T00:00:00Z,A-2\n');
    await start();
    await refresh();
    await refresh();
    server.take();
    server.give(
      LIST,
      '2026-02-02T00:00:00Z,A-3\n2026-02-01T00:00:00Z,A-1\n2026-02-01T00:00:00Z,A-9\n',
    );
    server.give(
      '/npm/A-1.json',
      JSON.stringify(
        record('A-1', 'left', '1.5.0', { modified: '2026-02-01T00:00:00Z' }),
      ),
    );
    server.give('/npm/A-3.json', '{"id": "A-3", ');
    await refresh();
    expect(server.take().sort()).toEqual([
      '/npm/A-1.json',
      '/npm/A-3.json',
      '/npm/A-9.json',
      LIST,
    ]);
    expect(await world.rules('left', '1.4.0')).toEqual(['A-1']);
    expect(await world.feed()).toMatchObject({
      state: 'ok',
      records: 1,
      broken: 1,
    });
    await refresh();
    expect(server.take()).toEqual([LIST]);
    // What a list cannot tell is caught up with once a day.
    await refresh(24);
    await refresh();
    expect(server.take()).toContain(DUMP);
  });

  it('are read whole where a clock was put back', async () => {
    dump(record('A-1', 'left', '1.2.0'));
    server.give(LIST, '2026-01-01T00:00:00Z,A-1\n');
    await start();
    await refresh();
    server.take();
    world.now = new Date('2020-01-01T00:00:00Z');
    await refresh();
    expect(server.take()).toEqual([DUMP]);
    expect(await world.feed()).toMatchObject({ state: 'ok' });
  });

  const half =
    (body: Buffer): Answer =>
    (_, response) => {
      response.setHeader('Content-Length', body.length);
      response.write(body.subarray(0, body.length >> 1), () =>
        response.destroy(),
      );
    };

  it.each<[string, (body: Buffer) => Answer, string]>([
    ['breaks off', half, 'unreachable'],
    [
      'sends a half without saying so',
      body => (_, response) => response.end(body.subarray(0, body.length >> 1)),
      'corrupt',
    ],
    [
      'sends a page',
      () => (_, response) => response.end('<html>Sign in</html>'),
      'corrupt',
    ],
    ['sends nothing', () => (_, response) => response.end(), 'corrupt'],
    ['never answers', () => () => {}, 'timeout'],
    [
      'stops in the middle',
      body => (_, response) => response.write(body.subarray(0, 50)),
      'timeout',
    ],
    [
      'sends too much',
      () => (_, response) => response.end(Buffer.alloc(300_000)),
      'too-large',
    ],
    [
      'refuses',
      () => (_, response) => {
        response.statusCode = 403;
        response.end('no');
      },
      'unauthorized',
    ],
    [
      'is down',
      () => (_, response) => {
        response.statusCode = 503;
        response.end();
      },
      'failed',
    ],
    [
      'sends elsewhere, where it is not safe',
      () => (_, response) => {
        response.writeHead(302, { Location: 'http://169.254.169.254/all.zip' });
        response.end();
      },
      'invalid',
    ],
    [
      'sends in circles',
      () => (_, response) => {
        response.writeHead(302, { Location: DUMP });
        response.end();
      },
      'invalid',
    ],
  ])('keep the old in force where the server %s', async (_, answer, code) => {
    dump(record('A-1', 'left', '1.2.0'));
    await start({ idleMs: 400, downloadBytes: 200_000 });
    await refresh();
    const body = readFileSync(
      world.zip('npm', [record('A-2', 'left', '1.2.0')]),
    );
    server.answers.set(DUMP, answer(body));
    await refresh();
    expect(await world.feed()).toMatchObject({
      ...{ state: 'failing', records: 1 },
      reason: { code },
    });
    expect((await world.feed()).reason!.message).toContain(server.url);
    expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
    server.give(DUMP, body);
    await refresh();
    expect(await world.feed()).toMatchObject({ state: 'ok', reason: null });
    expect(await world.rules('left', '1.0.0')).toEqual(['A-2']);
  });

  it('follow a redirect to where it is safe', async () => {
    dump(record('A-1', 'left', '1.2.0'));
    server.answers.set('/mirror/npm/all.zip', (_, response) => {
      response.writeHead(307, { Location: '/npm/all.zip' });
      response.end();
    });
    await world.start({
      feeds: [{ ecosystem: 'npm', from: `${server.url}/mirror/` }],
    });
    await refresh();
    expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
  });

  it('ask nobody where nothing is configured', async () => {
    await world.start({});
    await refresh();
    expect(server.asked).toEqual([]);
    expect(await world.matcher.feeds()).toEqual([]);
    expect(await world.match('left', '1.0.0')).toEqual([]);
  });
});
