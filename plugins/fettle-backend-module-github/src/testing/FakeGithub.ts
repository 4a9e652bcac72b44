import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runQuery } from './runQuery';

/** How the fake misbehaves. */
export type Misbehaviour =
  | { status: number; headers?: Record<string, string>; body?: string | Buffer }
  | 'half'
  | 'never';

/** A request that it got, as its host's description has it. */
export interface Recorded {
  method: string;
  path: string;
  /** JSON. */
  body?: string;
}

/** A deployment, made at minute 2, with what was said of it. */
export interface FakeDeployment {
  id: number;
  statuses?: { state: string; minute: number }[];
}

const at = (minute: number) =>
  new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();

/**
 * The few operations of GitHub's API that are asked for, over one repository
 * with a failed run 17 of one failed job 170, a run 18 that is running, and
 * its deployments, newest first.
 */
export class FakeGithub {
  readonly recorded: Recorded[] = [];
  readonly asked: string[] = [];
  misbehaviour?: Misbehaviour;
  log = 'Set up\nerror: it does not work\n';
  jobs = 1;
  deployments: FakeDeployment[] = [
    { id: 72 },
    { id: 71, statuses: [{ state: 'SUCCESS', minute: 3 }] },
  ];
  /** Fewer than it says that there are. */
  jobsShown = Infinity;
  /** Whether its store of logs gives parts of them, and says how long they are. */
  ranges = true;
  sized = true;

  static async start(): Promise<FakeGithub> {
    const fake = new FakeGithub();
    await new Promise<void>(done => {
      fake.server.listen(0, '127.0.0.1', done);
    });
    return fake;
  }

  private readonly server: Server = createServer((request, response) => {
    const { misbehaviour } = this;
    if (misbehaviour === 'never') return;
    if (misbehaviour === 'half') {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': '500',
      });
      response.write('{"workflow_runs": [');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    const answering = misbehaviour
      ? Promise.resolve(misbehaviour)
      : this.#answer(request);
    answering.then(
      answer =>
        response
          .writeHead(answer.status, {
            'content-type': 'application/json; charset=utf-8',
            'x-ratelimit-limit': '5000',
            'x-ratelimit-remaining': '4999',
            'x-ratelimit-reset': '4102444800',
            ...answer.headers,
          })
          .end(answer.body),
      error => response.writeHead(500).end(String(error)),
    );
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(done => {
      this.server.close(() => done());
    });
  }

  async #answer(
    request: IncomingMessage,
  ): Promise<Exclude<Misbehaviour, string>> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (pathname === '/logs/170') return this.#log(request);
    if (pathname === '/graphql') return this.#query(request);
    this.recorded.push({ method, path: url });
    if (pathname === '/repos/acme/ledger/deployments') {
      return json(this.deployments.map(deployment));
    }
    const path = pathname.replace('/repos/acme/ledger/actions/', '');
    const action = /^runs\/(\d+)\/(rerun|rerun-failed-jobs|cancel)$/.exec(path);
    const known = /^runs\/(17|18)\b/.test(path);
    if (action && known) {
      const what = action[2].replace('-jobs', '');
      this.asked.push(`${what} ${action[1]}`);
      return { status: what === 'cancel' ? 202 : 201, body: '{}' };
    }
    if (path === 'runs') {
      const runs = [18, 17];
      return json({ total_count: runs.length, workflow_runs: runs.map(run) });
    }
    if (/^runs\/(17|18)\/attempts\/1$/.test(path)) {
      return json(run(Number(path.split('/')[1])));
    }
    if (known && path.endsWith('/jobs')) {
      const page = Number(searchParams.get('page') ?? 1);
      const rest = Math.max(
        0,
        Math.min(this.jobs, this.jobsShown) - (page - 1) * 100,
      );
      const jobs = Array.from({ length: Math.min(100, rest) }, (_, i) =>
        job(170 + (page - 1) * 100 + i),
      );
      return json({ total_count: this.jobs, jobs });
    }
    if (path === 'jobs/170/logs') {
      return { status: 302, headers: { location: `${this.url}/logs/170` } };
    }
    return { status: 404, body: '{"message":"Not Found"}' };
  }

  async #query(request: IncomingMessage) {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const nodes = ({ first }: { first: number }) => ({
      nodes: this.deployments.slice(0, first).map(({ id, statuses = [] }) => ({
        id: `DE_${id}`,
        latestStatus: statuses.map(status)[0] ?? null,
        statuses: { nodes: statuses.map(status) },
      })),
    });
    const query = JSON.parse(Buffer.concat(parts).toString());
    return json(
      await runQuery(query, { repository: () => ({ deployments: nodes }) }),
    );
  }

  #log(request: IncomingMessage): Exclude<Misbehaviour, string> {
    // The store of logs must not be given a token.
    if (request.headers.authorization) return { status: 400 };
    const bytes = Buffer.from(this.log);
    const range = request.headers.range;
    if (!range || !this.ranges) {
      return { status: 200, headers: { ...this.#size(bytes) }, body: bytes };
    }
    // Like the store that GitHub uses, it knows no range from the end.
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    if (!first) return { status: 400 };
    const part = bytes.subarray(Number(first), Number(last) + 1);
    return {
      status: 206,
      headers: {
        ...this.#size(part),
        'content-range': `bytes ${first}-${last}/${bytes.length}`,
      },
      body: part,
    };
  }

  #size(bytes: Buffer) {
    const length = { 'content-length': String(bytes.length) };
    return { 'content-type': 'text/plain', ...(this.sized ? length : {}) };
  }
}

function json(body: object) {
  return { status: 200, body: JSON.stringify(body) };
}

function deployment({ id }: FakeDeployment) {
  return {
    ...{ id, node_id: `DE_${id}`, sha: 'a'.repeat(40) },
    ...{ environment: 'live', production_environment: true },
    ...{ created_at: at(2), updated_at: at(5) },
  };
}

function status({ state, minute }: { state: string; minute: number }) {
  return {
    ...{ state, createdAt: at(minute), logUrl: null },
    environmentUrl: 'https://live.example.com',
  };
}

function run(id: number) {
  const done = id === 17;
  return {
    ...{ id, name: 'CI', workflow_id: 5, run_number: id, run_attempt: 1 },
    status: done ? 'completed' : 'in_progress',
    conclusion: done ? 'failure' : null,
    ...{ display_title: 'Fix it', event: 'push', head_branch: 'main' },
    head_sha: 'a'.repeat(40),
    html_url: `https://github.example.com/acme/ledger/actions/runs/${id}`,
    ...{ created_at: at(0), run_started_at: at(0), updated_at: at(5) },
    actor: { login: 'ada' },
    head_commit: { message: 'Fix it\n\nReally.', timestamp: at(0) },
    head_repository: { full_name: 'Acme/Ledger' },
    repository: {
      id: 7,
      full_name: 'Acme/Ledger',
      html_url: 'https://github.example.com/Acme/Ledger',
    },
  };
}

function job(id: number) {
  return {
    ...{ id, run_id: 17, run_attempt: 1, workflow_name: 'CI' },
    name: `test ${id}`,
    ...{ status: 'completed', conclusion: 'failure' },
    ...{ created_at: at(0), started_at: at(1), completed_at: at(4) },
    html_url: `https://github.example.com/acme/ledger/actions/runs/17/job/${id}`,
    runner_name: 'runner-1',
    steps: [
      {
        ...{ number: 1, name: 'Run tests', status: 'completed' },
        ...{ conclusion: 'failure', started_at: at(1), completed_at: at(4) },
      },
    ],
  };
}
