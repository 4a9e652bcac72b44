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
import type { ProjectSchema } from '@gitbeaker/core';
import { answerChanges } from './answerChanges';
import { answerGit } from './answerGit';
import { answerQuery } from './answerQuery';
import {
  BOT,
  GONE,
  json,
  pageOf,
  type Answer,
  type Misbehaviour,
  type Paging,
} from './answers';
import type { FakePipelines } from './FakePipelines';
import { HostedRepository } from './HostedRepository';

export const TOKEN = 'a-token-of-the-tests';

/** A host with real Git repositories, and the operations that Fettle asks for. */
export class FakeHost {
  readonly name = 'gitlab.example.com';
  /** What it was asked, as `GET /projects/…`. */
  readonly recorded: string[] = [];
  misbehaviour?: Misbehaviour;
  /** Answers in place of those whose path it matches. */
  readonly instead: [RegExp, Answer][] = [];
  /** How many requests that write are answered. */
  writes: number | undefined;
  /** Items of one page. */
  most = 100;
  pipelines?: FakePipelines;
  readonly #repositories = new Map<string, HostedRepository>();
  readonly #root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fettle-gl-')));
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
    this.recorded.push(`${method} ${url.replace('/api/v4', '')}`);
    const { misbehaviour } = this;
    if (misbehaviour === 'never') return;
    const type = { 'content-type': 'application/json' };
    if (misbehaviour === 'half') {
      response.writeHead(200, { ...type, 'content-length': '500' });
      response.write('{"id": ');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    const known = headers.authorization === `Bearer ${TOKEN}`;
    const answer = misbehaviour ?? this.#answer(method, url, { body, known });
    response
      .writeHead(answer.status, { ...type, ...answer.headers })
      .end(answer.body);
  }

  #answer(
    method: string,
    url: string,
    { body, known }: { body: string; known: boolean },
  ): Answer {
    const instead = this.instead.find(([pattern]) => pattern.test(url));
    if (instead) return instead[1];
    if (!known) return { status: 401, body: '{"message":"401 Unauthorized"}' };
    const { pathname, searchParams } = new URL(url, this.url);
    const paging = {
      ...{ query: searchParams, url: `${this.url}${url}`, most: this.most },
    };
    if (pathname.endsWith('/api/graphql')) {
      return answerQuery(JSON.parse(body), slug => this.#find(slug));
    }
    const api = /^\/api\/v4(\/.*)$/.exec(pathname)?.[1] ?? '';
    const [, group] = /^\/groups\/([^/]+)\/projects$/.exec(api) ?? [];
    if (group) return this.#list(decodeURIComponent(group), paging);
    const [, name = '', rest = ''] =
      /^\/projects\/([^/]+)(\/.*)?$/.exec(api) ?? [];
    const found = this.#find(decodeURIComponent(name));
    if (api === '/user') return json({ commit_email: BOT, email: BOT });
    if (api === '/users') {
      const username = searchParams.get('username');
      return json(username === 'ada' ? [{ id: 3, username }] : []);
    }
    if (!found) return GONE;
    const sent = body ? JSON.parse(body) : {};
    // One that has pipelines knows no other changes than theirs.
    const change = this.pipelines
      ? undefined
      : answerChanges(found, {
          ...{ method, path: rest, query: searchParams, body: sent },
        });
    const answer =
      change ?? this.#answerProject(found, { method, rest, paging });
    return this.#lose(method) ? { status: 502, body: '<html>' } : answer;
  }

  /** Whether the answer to what was done does not arrive. */
  #lose(method: string): boolean {
    if (method === 'GET' || this.writes === undefined) return false;
    this.writes -= 1;
    return this.writes < 0;
  }

  #find(slug: string): HostedRepository | undefined {
    const found = this.#repositories.get(slug);
    return found && existsSync(found.folder) ? found : undefined;
  }

  #answerProject(
    repository: HostedRepository,
    { method, rest, paging }: { method: string; rest: string; paging: Paging },
  ): Answer {
    const { settings, location, defaultBranch } = repository;
    if (rest === '') {
      const project: Partial<ProjectSchema> = {
        ...{ id: 7, path_with_namespace: location.name },
        ...{ default_branch: defaultBranch, ...settings.project },
      };
      return json(project);
    }
    if (this.pipelines) return this.pipelines.answer(method, rest, paging);
    if (rest === '/merge_requests') {
      const forbidden = { status: 403, body: '{"message":"403 Forbidden"}' };
      if (!settings.requests) return forbidden;
      const all = settings.requests.map(created => ({ created_at: created }));
      const asc = paging.query.get('sort') === 'asc';
      return pageOf(asc ? all : all.reverse(), paging);
    }
    if (rest.startsWith('/protected_branches/')) {
      const name = decodeURIComponent(rest.split('/')[2]);
      return settings.rule?.name === name ? json(settings.rule) : GONE;
    }
    return rest.startsWith('/repository/')
      ? answerGit(repository, rest.slice('/repository'.length), paging)
      : GONE;
  }

  #list(group: string, paging: Paging): Answer {
    const all = [...this.#repositories.keys()]
      .filter(name => name.startsWith(`${group}/`))
      .map(name => ({ path_with_namespace: name }));
    return all.length > 0 ? pageOf(all, paging) : GONE;
  }
}
