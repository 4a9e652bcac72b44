import { createHmac } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { mockServices } from '@backstage/backend-test-utils';
import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { z } from 'zod';
import { callMcpTool } from './callMcpTool';
import { callWebhook } from './callWebhook';
import { runTemplate } from './runTemplate';

const files = { 'README.md': 'Read me.\n' };
type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => unknown;
let answer: Answer = (_, response) => response.end('{}');
let seen: { method?: string; url?: string; body: string; headers: any }[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      const { method, headers } = request;
      const body = Buffer.concat(parts).toString();
      seen.push({ method, url: request.url, body, headers });
      answer(request, response, body);
    });
  });
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(done => {
    server.close(done);
  });
});

async function perform(step: PlaybookStep, given: object) {
  const parameters = step.parameters.parse(given);
  const context = planContext(parameters, files);
  const plan = await step.plan(context);
  if (!plan.actions) return { plan };
  const [{ input }] = plan.actions;
  const call = { ...context, input, idempotencyKey: 'key-1' };
  let result = await step.apply!(call);
  // As a remediation does, which may be in another process by then.
  while (result.state === 'waiting' && result.againSeconds !== undefined) {
    const output = JSON.parse(JSON.stringify(result.output));
    result = await step.apply!({ ...call, output });
  }
  return { plan, result };
}

/** A step of which the address is only known once the server listens. */
function late(make: () => PlaybookStep): PlaybookStep {
  return {
    ...make(),
    plan: context => make().plan(context),
    apply: context => make().apply!(context),
  };
}

describe('call-webhook', () => {
  const target = (given: object = {}) =>
    callWebhook(
      new Map([
        [
          'deploy',
          { id: 'deploy', url, headers: {}, timeoutMs: 30_000, ...given },
        ],
      ]),
    );
  const keys = new Set<string>();
  const take: Answer = ({ headers }, response) => {
    keys.add(headers['idempotency-key'] as string);
    response.end('{}');
  };

  describe('as a step', () => {
    beforeAll(() => {
      answer = take;
    });
    playbookStepContract(
      late(() => target()),
      {
        parameters: { target: 'deploy' },
        sample: () => ({ files, state: () => [...keys] }),
      },
    );
  });

  it('signs what it sends, and keeps the secret', async () => {
    answer = (_, response) => response.end('"the-secret was used"');
    const { result } = await perform(target({ secret: 'the-secret' }), {
      ...{ target: 'deploy', data: { ref: 'main' } },
    });
    const [{ body, headers }] = seen;
    expect(JSON.parse(body)).toMatchObject({
      data: { ref: 'main' },
      context: { playbook: 'mend', repository: { name: 'payments/ledger' } },
    });
    expect(headers['idempotency-key']).toBe('key-1');
    const signature = createHmac('sha256', 'the-secret')
      .update(`${headers['x-fettle-timestamp']}.${body}`)
      .digest('hex');
    expect(headers['x-fettle-signature']).toBe(`sha256=${signature}`);
    expect(JSON.stringify(result)).not.toContain('the-secret');
  });

  it('goes nowhere else, and waits for nobody too long', async () => {
    answer = (_, response) => {
      response.writeHead(302, { location: `${url}/elsewhere` }).end();
    };
    const call = (given?: object) =>
      perform(target(given), { target: 'deploy' });
    await expect(call()).rejects.toThrow(/elsewhere/);
    expect(seen).toHaveLength(1);
    answer = () => {};
    await expect(call({ timeoutMs: 100 })).rejects.toThrow(/in time/);
    answer = (_, response) => response.writeHead(500).end('no');
    await expect(call()).rejects.toThrow(/HTTP 500/);
    const { plan } = await perform(target(), { target: 'other' });
    expect(plan.obstacles).toMatchObject([{ code: 'not-configured' }]);
  });
});

describe('call-mcp-tool', () => {
  const calls: object[] = [];
  const speak: Answer = async (request, response, body) => {
    const mcp = new McpServer({ name: 'tests', version: '1.0.0' });
    mcp.registerTool(
      'note',
      { description: 'Notes it', inputSchema: { text: z.string() } as any },
      async (given: any) => {
        calls.push(given);
        if (given.text === 'fail') throw new Error('It broke.');
        const text = `noted; token ghp_${'a'.repeat(36)}, ${
          request.headers['x-key']
        }`;
        return { content: [{ type: 'text' as const, text }] };
      },
    );
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
    });
    await mcp.connect(transport as any);
    await transport.handleRequest(
      request,
      response,
      body === '' ? undefined : JSON.parse(body),
    );
  };
  const step = (given: object = {}) =>
    callMcpTool(
      new Map([
        [
          'notes',
          {
            ...{ id: 'notes', url, tools: ['note'], timeoutMs: 30_000 },
            ...{ headers: { 'x-key': 'hidden-key' }, ...given },
          },
        ],
      ]),
    );
  const parameters = (text: string) => ({
    ...{ server: 'notes', tool: 'note', arguments: { text } },
  });

  it('calls an allowed tool, and keeps its answer without secrets', async () => {
    answer = speak;
    const { plan, result } = await perform(step(), parameters('hello'));
    expect(plan.actions![0].after).toEqual({ text: 'hello' });
    expect(calls).toEqual([{ text: 'hello' }]);
    expect(seen[0].headers['x-key']).toBe('hidden-key');
    expect(result!.output).toEqual({
      answer: [{ type: 'text', text: 'noted; token …, …' }],
    });
  });

  it('says what a tool failed with, and what may not be called', async () => {
    answer = speak;
    await expect(perform(step(), parameters('fail'))).rejects.toThrow(/broke/);
    for (const given of [{ tool: 'delete' }, { server: 'other' }]) {
      const { plan } = await perform(step(), { ...parameters('x'), ...given });
      expect(plan.obstacles).toMatchObject([{ code: 'not-configured' }]);
    }
    answer = () => {};
    await expect(
      perform(step({ timeoutMs: 200 }), parameters('x')),
    ).rejects.toThrow(/in time/);
  });

  describe('as a step', () => {
    beforeAll(() => {
      answer = speak;
    });
    playbookStepContract(late(step), {
      parameters: parameters('x'),
      sample: () => ({ files, state: () => null }),
    });
  });
});

describe('run-template', () => {
  const statuses: string[] = [];
  const step = () =>
    runTemplate({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async () => url,
        getExternalBaseUrl: async () => url,
      },
    });
  const scaffold: Answer = ({ method }, response) => {
    response.setHeader('content-type', 'application/json');
    const status = statuses.shift() ?? 'completed';
    if (method === 'POST') response.writeHead(201).end('{"id":"task-1"}');
    else response.end(JSON.stringify({ id: 'task-1', status, spec: {} }));
  };
  const parameters = {
    ...{ template: 'template:default/docs', values: { name: 'x' } },
    repositoryValue: 'repoUrl',
  };

  it('follows the task that it starts', async () => {
    answer = scaffold;
    statuses.push('unused', 'open', 'processing', 'completed');
    const { result } = await perform(step(), parameters);
    expect(result!.message).toMatch(/task-1/);
    expect(seen.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      'POST /v2/tasks',
      ...Array.from({ length: 3 }, () => 'GET /v2/tasks/task-1'),
    ]);
    expect(JSON.parse(seen[0].body)).toEqual({
      templateRef: 'template:default/docs',
      values: {
        ...{ name: 'x' },
        repoUrl: 'https://git.example.com/payments/ledger',
      },
    });
    expect(seen[0].headers.authorization).toMatch(/^Bearer mock/);
    statuses.push('unused', 'failed');
    await expect(perform(step(), parameters)).rejects.toThrow(/is failed/);
  });

  it('gives up a task that takes too long', async () => {
    answer = scaffold;
    statuses.push('unused', 'processing');
    const given = step().parameters.parse({ ...parameters, timeoutMinutes: 5 });
    const context = planContext(given, files);
    const { actions } = await step().plan(context);
    const call = { ...context, input: actions![0].input, idempotencyKey: 'k' };
    const { output } = await step().apply!(call);
    const now = new Date(context.now.getTime() + 5 * 60_000);
    await expect(step().apply!({ ...call, output, now })).rejects.toThrow(
      /has not ended in 5 minutes/,
    );
  });

  describe('as a step', () => {
    beforeAll(() => {
      answer = scaffold;
    });
    playbookStepContract(late(step), {
      parameters,
      sample: () => ({ files, state: () => null }),
    });
  });
});
