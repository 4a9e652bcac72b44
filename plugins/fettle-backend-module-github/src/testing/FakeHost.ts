import { mkdtempSync, realpathSync, rmSync, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerQuery } from './answerQuery';
import { answerChanges } from './answerChanges';
import { answerRest, archive, json, type Answer } from './answerRest';
import { HostedRepository } from './HostedRepository';
import type { Misbehaviour, Recorded } from './FakeGithub';

/**
 * An Enterprise Server with real Git repositories: the operations of REST that
 * repositories are read with, and all of GraphQL that a query may ask of them.
 */
export class FakeHost {
  readonly name = 'github.example.com';
  readonly recorded: Recorded[] = [];
  readonly queries: string[] = [];
  misbehaviour?: Misbehaviour;
  /** Answers in place of those of the operations whose path it matches. */
  readonly instead: [RegExp, Answer][] = [];
  truncateTreesOver = Infinity;
  /** How many requests that write are answered. */
  writes: number | undefined;
  /** Bytes of an archive before it breaks off. */
  cutArchivesAt = Infinity;
  /** Which queries take longer than it allows, by their variables. */
  tooSlow: (variables: Record<string, unknown>) => boolean = () => false;
  readonly #repositories = new Map<string, HostedRepository>();
  readonly #root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fettle-gh-')));
  readonly #server: Server = createServer((request, response) => {
    if (this.misbehaviour === 'never') return;
    if (this.misbehaviour === 'half') {
      response.writeHead(200, {
        ...{ 'content-type': 'application/json', 'content-length': '500' },
      });
      response.write('{"data": {');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    this.#answer(request, this.misbehaviour).then(
      ({ status, headers, body }) =>
        response
          .writeHead(status, {
            'content-type': 'application/json; charset=utf-8',
            ...headers,
          })
          .end(body),
      error => response.writeHead(500).end(String(error)),
    );
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

  get apiBaseUrl(): string {
    return `${this.url}/api/v3`;
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

  async #answer(
    request: IncomingMessage,
    misbehaviour: Answer | undefined,
  ): Promise<Answer> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (pathname.startsWith('/archives/')) {
      return this.#archive(pathname, request);
    }
    const body = await readBody(request);
    const api = /^\/api\/v3(\/.*)$/.exec(pathname)?.[1];
    if (api) {
      const asked = { method, path: url.slice('/api/v3'.length) };
      this.recorded.push(body ? { ...asked, body } : asked);
    }
    if (misbehaviour) return misbehaviour;
    const instead = this.instead.find(([pattern]) => pattern.test(url));
    if (instead) return instead[1];
    if (pathname === '/api/graphql') {
      const asked = JSON.parse(body);
      this.queries.push(asked.query);
      if (this.tooSlow(asked.variables)) return { status: 502, body: '<html>' };
      return json(await answerQuery(asked, name => this.#find(name)));
    }
    const owner = /^\/(orgs|users)\/([^/]+)\/repos$/.exec(api ?? '');
    if (owner) return this.#list(owner[2], searchParams);
    const [, name, rest = ''] =
      /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(api ?? '') ?? [];
    const found = this.#find(name);
    if (!found) return { status: 404, body: '{"message":"Not Found"}' };
    const asked = { method, path: rest, query: searchParams };
    const change = answerChanges(found, {
      ...{ ...asked, body: body ? JSON.parse(body) : {} },
    });
    const answer = change ?? answerRest(found, rest, searchParams, this);
    return this.#lose(method) ? { status: 502, body: '<html>' } : answer;
  }

  /** Whether the answer to what was done does not arrive. */
  #lose(method: string): boolean {
    if (method === 'GET' || this.writes === undefined) return false;
    this.writes -= 1;
    return this.writes < 0;
  }

  #list(owner: string, query: URLSearchParams): Answer {
    const names = [...this.#repositories.keys()].filter(name =>
      name.startsWith(`${owner}/`),
    );
    const size = Number(query.get('per_page'));
    const start = (Number(query.get('page')) - 1) * size;
    const page = names.slice(start, start + size);
    return json(page.map(name => ({ full_name: name })));
  }

  #archive(pathname: string, request: IncomingMessage): Answer {
    // The store of archives must not be given a token.
    if (request.headers.authorization) return { status: 400 };
    const [, name, commit] = /^\/archives\/(.+)\/(\w+)$/.exec(pathname) ?? [];
    const found = this.#find(name);
    const body = found && archive(found.folder, commit);
    const headers = { 'content-type': 'application/x-gzip' };
    if (!body) return { status: 404 };
    const cut = body.subarray(0, this.cutArchivesAt);
    return { status: 200, headers, body: cut };
  }

  #find(name: string | undefined): HostedRepository | undefined {
    const found = this.#repositories.get(name ?? '');
    return found && existsSync(found.folder) ? found : undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
