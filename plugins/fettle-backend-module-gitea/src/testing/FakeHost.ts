import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Repository } from 'gitea-js';
import { answerChanges } from './answerChanges';
import { answerRepository, type Limits } from './answerRepository';
import { GONE, json, pageOf, type Answer, type Misbehaviour } from './answers';
import type { FakeActions } from './FakeActions';
import { HostedRepository } from './HostedRepository';

export const TOKEN = 'a-token-of-the-tests';

/** A host with real Git repositories, and the operations that Fettle asks for. */
export class FakeHost {
  readonly name = 'gitea.example.com';
  /** What it was asked, as `GET /repos/…`. */
  readonly recorded: string[] = [];
  /** What was sent with them. */
  readonly sent: [string, Record<string, unknown>][] = [];
  /** How many requests that write are answered. */
  writes: number | undefined;
  misbehaviour?: Misbehaviour;
  /** Answers in place of those whose path it matches. */
  readonly instead: [RegExp, Answer][] = [];
  readonly limits: Limits = { page: 50, treePage: 1000, blob: 10 * 1024 ** 2 };
  /** People, where other owners are organizations. */
  readonly people = new Set<string>();
  /** Bytes of an archive before it breaks off. */
  cutArchivesAt = Infinity;
  actions?: FakeActions;
  readonly #repositories = new Map<string, HostedRepository>();
  readonly #root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fettle-gt-')));
  readonly #server: Server = createServer((request, response) => {
    this.#serve(request, response).catch(error => {
      response.writeHead(500).end(String(error));
    });
  });

  static async start(): Promise<FakeHost> {
    const host = new FakeHost();
    await new Promise<void>(done => {
      host.#server.listen(0, '127.0.0.1', done);
    });
    return host;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  create(name: string): HostedRepository {
    const remote = `https://${this.name}/${name}`;
    const repository = new HostedRepository(
      { remote, name, host: this.name, webUrl: remote },
      path.join(this.#root, `${name}.git`),
    );
    this.#repositories.set(name, repository);
    return repository;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => {
      this.#server.close(done);
    });
    rmSync(this.#root, { recursive: true, force: true });
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await text(request);
    this.recorded.push(`${method} ${url.replace('/api/v1', '')}`);
    if (body) this.sent.push([this.recorded.at(-1)!, JSON.parse(body)]);
    const { misbehaviour } = this;
    if (misbehaviour === 'never') return;
    const type = { 'content-type': 'application/json;charset=utf-8' };
    if (misbehaviour === 'half') {
      response.writeHead(200, { ...type, 'content-length': '500' });
      response.write('{"id": ');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    const answer = misbehaviour ?? this.#answer(method, url, headers, body);
    response
      .writeHead(answer.status, { ...type, ...answer.headers })
      .end(answer.body);
  }

  #answer(
    method: string,
    url: string,
    headers: NodeJS.Dict<string | string[]>,
    body: string,
  ): Answer {
    const instead = this.instead.find(([pattern]) => pattern.test(url));
    if (instead) return instead[1];
    if (headers.authorization !== `token ${TOKEN}`) {
      return { status: 401, body: '{"message":"token is required"}' };
    }
    const { pathname, searchParams } = new URL(url, 'http://x');
    const api = /^\/api\/v1(\/.*)$/.exec(pathname)?.[1] ?? '';
    const [, kind, owner] = /^\/(orgs|users)\/([^/]+)\/repos$/.exec(api) ?? [];
    if (owner) {
      const isPerson = this.people.has(owner);
      return isPerson === (kind === 'users')
        ? this.#list(owner, searchParams)
        : GONE;
    }
    const [, name, rest = ''] =
      /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(api) ?? [];
    const found = this.#repositories.get(name);
    if (!found || !existsSync(found.folder)) return GONE;
    if (rest.startsWith('/actions/')) {
      return this.actions?.answer(method, rest, searchParams, headers) ?? GONE;
    }
    const change = answerChanges(found, {
      ...{ method, path: rest, query: searchParams },
      body: body ? JSON.parse(body) : {},
    });
    if (change) {
      return this.#lose(method) ? { status: 502, body: '<html>' } : change;
    }
    const answer = answerRepository(found, rest, searchParams, this.limits);
    const isArchive = rest.startsWith('/archive/') && answer.body;
    return isArchive
      ? { ...answer, body: answer.body!.slice(0, this.cutArchivesAt) }
      : answer;
  }

  /** Whether the answer to what was done does not arrive. */
  #lose(method: string): boolean {
    if (method === 'GET' || this.writes === undefined) return false;
    this.writes -= 1;
    return this.writes < 0;
  }

  #list(owner: string, query: URLSearchParams): Answer {
    const all = [...this.#repositories.keys()]
      .filter(name => name.startsWith(`${owner}/`))
      .map((name): Repository => ({ full_name: name }));
    return all.length > 0 ? pageOf(all, query, this.limits.page) : json([]);
  }
}
