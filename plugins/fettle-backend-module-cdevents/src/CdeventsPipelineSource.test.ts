import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { DefaultCallBudgets } from 'backstage-plugin-fettle-node';
import { pipelineSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { CdeventsPipelineSource } from './CdeventsPipelineSource';
import { readCdeventsConfig } from './config/readCdeventsConfig';
import { cdEvent, REMOTE } from './testing/events';

const location = {
  remote: REMOTE,
  name: 'payments/ledger',
  host: 'git.example.com',
};
const run = { runId: '17', attempt: 1, pipelineId: 'ci' };
const task = { taskName: 'test', pipelineRun: { id: '17' } };

const EVENTS = [
  cdEvent('dev.cdevents.pipelinerun.started.0.2.0', { subjectId: '17' }),
  cdEvent('dev.cdevents.taskrun.started.0.2.0', {
    subjectId: 'test',
    content: task,
  }),
  cdEvent('dev.cdevents.taskrun.finished.0.2.0', {
    subjectId: 'test',
    content: { ...task, outcome: 'failure' },
  }),
  cdEvent('dev.cdevents.pipelinerun.finished.0.2.0', {
    subjectId: '17',
    content: { pipelineName: 'ci', outcome: 'failure' },
  }),
];

/** A CI with one run, or one that misbehaves. */
class FakeCi {
  readonly asked: string[] = [];
  answer?: (response: ServerResponse) => void;

  static async start(): Promise<FakeCi> {
    const fake = new FakeCi();
    await new Promise<void>(done => {
      fake.server.listen(0, '127.0.0.1', done);
    });
    return fake;
  }

  private readonly server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (this.answer) {
      this.answer(response);
      return;
    }
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const json = (value: object, status = 200) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(value));
    const action = /^\/runs\/17\/attempts\/1\/(rerun|cancel)$/.exec(pathname);
    if (pathname === '/runs') {
      const late = (searchParams.get('since') ?? '') > '2026-07';
      json({ events: late ? [] : EVENTS });
    } else if (action) {
      const failed = JSON.parse(body).failedOnly ? '-failed' : '';
      this.asked.push(`${action[1]}${failed} 17`);
      json({}, 202);
    } else if (pathname === '/runs/17/attempts/1') {
      json({ events: EVENTS });
    } else if (pathname.endsWith('/tasks/test/log')) {
      // All of it, whatever part was asked for.
      response.writeHead(200).end('Set up\nerror: it does not work\n');
    } else {
      json({}, 404);
    }
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
}

function sourceFor(fake: FakeCi) {
  const config = new ConfigReader({
    fettle: {
      cdevents: {
        senders: [
          {
            ...{ id: 'main', secret: 'x' },
            repositories: ['https://git.example.com/payments'],
            control: { baseUrl: fake.url, token: 'a token' },
          },
        ],
      },
    },
  });
  const budgets = DefaultCallBudgets.fromConfig(config as any);
  const senders = readCdeventsConfig(config);
  return { source: new CdeventsPipelineSource(senders, budgets), budgets };
}

pipelineSourceContract(async () => {
  const fake = await FakeCi.start();
  return {
    source: sourceFor(fake).source,
    location,
    foreign: { ...location, remote: 'https://git.example.com/web/shop' },
    failed: { run, jobId: 'test', logEndsWith: 'error: it does not work' },
    running: run,
    asked: () => fake.asked,
    dispose: () => fake.stop(),
  };
});

describe('a CI that misbehaves', () => {
  let fake: FakeCi;
  beforeEach(async () => {
    fake = await FakeCi.start();
  });
  afterEach(() => fake.stop());

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['refuses the token', r => r.writeHead(401).end(), 'unauthorized'],
    ['fails', r => r.writeHead(500).end(), 'failed'],
    [
      'asks to wait',
      r => r.writeHead(429, { 'retry-after': '30' }).end(),
      'rate-limited',
    ],
    ['answers with HTML', r => r.end('<h1>Hello</h1>'), 'corrupt'],
    [
      'sends half an answer',
      r => {
        r.writeHead(200, { 'content-length': '500' });
        r.write('{"events": [');
        setTimeout(() => r.destroy(), 20);
      },
      'unreachable',
    ],
    ['never answers', () => {}, 'timeout'],
    [
      'sends too much',
      r => r.end(Buffer.alloc(9 * 1024 * 1024, 32)),
      'too-large',
    ],
  ])('and %s gives a state with its reason', async (_, answer, code) => {
    fake.answer = answer;
    const { source, budgets } = sourceFor(fake);
    const error: any = await source
      .listRuns(location, {
        signal: AbortSignal.timeout(code === 'timeout' ? 300 : 60_000),
        since: new Date(0),
      })
      .catch(reason => reason);
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.action}`).not.toContain('a token');
    expect(budgets.status()[0].error?.code).toBe(code);
  });

  it('and sends a log without end keeps no more than its end', async () => {
    let sent = 0;
    fake.answer = response => {
      const more = () => {
        while (sent < 100 * 1024 * 1024) {
          sent += 1024 * 1024;
          if (!response.write(Buffer.alloc(1024 * 1024, 'x'))) {
            response.once('drain', more);
            return;
          }
        }
        response.end('the end');
      };
      more();
    };
    const { source } = sourceFor(fake);
    const tail = await source.readLog(location, run, 'test', {
      signal: AbortSignal.timeout(30_000),
      maxBytes: 1024,
    });
    expect(tail.text).toHaveLength(1024);
    expect(tail.text.endsWith('the end')).toBe(true);
    expect(tail.truncated).toBe(true);
  }, 40_000);
});
