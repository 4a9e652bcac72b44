import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import mcpActions from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import {
  createCheck,
  createFactCollector,
  createFactRef,
  fettleChecksExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePlaybookStepsExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import {
  MemoryChangeProposer,
  MemoryRepositorySource,
} from 'backstage-plugin-fettle-node/testUtils';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { z } from 'zod';
import { fettlePlugin } from './plugin';
import { WRITE } from './remediate/testRemediations';

jest.setTimeout(120_000);

const licence = createFactRef({ id: 'licence', schema: z.boolean() });

const CHECK = createCheck({
  ...{ id: 'licence', title: 'Licence', group: 'Legal' },
  ...{ why: 'Others have to know.', fix: 'Add LICENSE.', weight: 1 },
  ...{ appliesTo: 'Every repository', scope: 'repository' },
  facts: { licence },
  parameters: z.strictObject({}),
  evaluate: ({ facts }) =>
    facts.licence
      ? { status: 'pass', message: 'There is one.' }
      : { status: 'fail', message: 'There is none.' },
});

const write = (path: string, content: string) => [
  { id: 'add', uses: 'write', with: { path, content } },
];
const AT_ONCE = { settle: { seconds: 0 }, hold: { seconds: 0 } };

/** One that Fettle plans by itself, and one that asks for nobody's approval. */
const PLAYBOOKS = {
  'add-licence': {
    title: 'Add a licence',
    trigger: { on: 'verdict', with: { checks: ['licence'] } },
    ...{ level: 'enforce', approval: { by: 1 }, verification: AT_ONCE },
    steps: write('LICENSE', 'MIT\n'),
  },
  'add-owners': {
    title: 'Say who owns the code',
    trigger: { on: 'agent' },
    ...{ level: 'enforce', verification: AT_ONCE },
    steps: write('CODEOWNERS', '* @team-a\n'),
  },
};

const isVerdict = ({ kind }: { kind: string }) => kind === 'verdict';

interface Written {
  eventId: string;
  meta: Record<string, unknown>;
}

async function start(denied: readonly string[] = []) {
  const source = new MemoryRepositorySource();
  const repository = source.create('payments/ledger');
  await repository.commit({
    ...{ files: { 'README.md': '# Hello\n' }, at: '2026-05-01T00:00:00Z' },
  });
  const proposer = new MemoryChangeProposer(source);
  const audited: Written[] = [];
  const backend = await startTestBackend({
    features: [
      fettlePlugin,
      mcpActions,
      createBackendModule({
        ...{ pluginId: 'fettle', moduleId: 'test' },
        register: env =>
          env.registerInit({
            deps: {
              sources: fettleRepositorySourcesExtensionPoint,
              collectors: fettleFactCollectorsExtensionPoint,
              checks: fettleChecksExtensionPoint,
              hosts: fettleHostChangesExtensionPoint,
              steps: fettlePlaybookStepsExtensionPoint,
            },
            init: async ({ sources, collectors, checks, hosts, steps }) => {
              sources.addRepositorySource(source);
              collectors.addFactCollector(
                createFactCollector({
                  ...{ fact: licence, version: 1, scope: 'repository' },
                  collect: async ({ tree }) =>
                    (await tree.read(['LICENSE'])).has('LICENSE'),
                }),
              );
              checks.addCheck(CHECK);
              hosts.addChangeProposer(proposer);
              steps.addPlaybookStep({
                ...WRITE,
                parameters: z.object({ path: z.string(), content: z.string() }),
              });
            },
          }),
      }),
      catalogServiceMock.factory({
        entities: [
          {
            ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component' },
            metadata: {
              name: 'ledger',
              annotations: {
                [ANNOTATION_REPOSITORY]: repository.location.remote,
              },
            },
            spec: { owner: 'team-a' },
          },
        ],
      }),
      mockServices.permissions.mock({
        authorize: async (asked, { credentials } = {} as any) =>
          asked.map(({ permission }) => ({
            result:
              denied.includes(permission.name) &&
              JSON.stringify(credentials).includes('robot')
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async asked =>
          asked.map(() => ({ result: AuthorizeResult.ALLOW })),
      }).factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta = {} }) => {
          audited.push({ eventId, meta });
          return { success: async () => {}, fail: async () => {} };
        },
      }).factory,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () =>
          mockServices.rootConfig({
            data: {
              backend: {
                database: { client: 'better-sqlite3', connection: ':memory:' },
                actions: { pluginSources: ['fettle'] },
              },
              fettle: { playbooks: PLAYBOOKS },
            },
          }),
      }),
    ],
  });
  return { backend, audited, proposer };
}

/** What a person or an agent does through an MCP client. */
async function connect({ server }: TestBackend, user: string) {
  const { port } = server.address() as AddressInfo;
  const transport = new StreamableHTTPClientTransport(
    new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`),
    {
      requestInit: {
        headers: {
          authorization: mockCredentials.user.header(`user:default/${user}`),
        },
      },
    },
  );
  const client = new Client({ name: user, version: '1.0.0' });
  await client.connect(transport);
  /** What the tool gives, or the words with which it refuses. */
  const call = async (name: string, given: object = {}) => {
    const { isError, structuredContent, content } = await client.callTool({
      name: `fettle.${name}`,
      arguments: { ...given },
    });
    const [{ text }] = content as { text: string }[];
    return {
      refused: isError ? text : undefined,
      is: structuredContent as any,
    };
  };
  const until = async (ask: () => Promise<any>): Promise<any> => {
    for (let i = 0; i < 300; i += 1) {
      const found = await ask();
      if (found) return found;
      await setTimeout(100);
    }
    throw new Error('It did not come to that');
  };
  const followed = (remediationId: string) =>
    until(async () => {
      const { is } = await call('get-remediation', { remediationId });
      return is.remediation.endedAt === null ? undefined : is;
    });
  return { client, call, until, followed };
}

const LEDGER = { entity: 'component:default/ledger' };

describe('agents', () => {
  it('see what is wrong, plan a fix, are refused, and run it when somebody else approved', async () => {
    const { backend, audited, proposer } = await start();
    const robot = await connect(backend, 'robot');
    const ada = await connect(backend, 'ada');
    const { problem, repositoryId } = await robot.until(async () => {
      const { is } = await robot.call('list-problems', LEDGER);
      const found = is?.problems.find(isVerdict);
      return found && { problem: found, repositoryId: is.repository.id };
    });
    expect(problem).toMatchObject({
      ...{ kind: 'verdict', checkId: 'licence' },
      playbooks: [{ id: 'add-licence' }],
    });

    // One whose playbook asks for nobody's approval.
    const order = { playbookId: 'add-owners', repositoryId };
    const { plan } = (await robot.call('plan-fix', order)).is;
    expect(plan).toMatchObject({
      ...{ state: 'waiting', requestedBy: 'user:default/robot' },
      ...{ approvalsNeeded: 1, can: { approve: false, apply: false } },
      files: [{ path: 'CODEOWNERS', diff: expect.stringContaining('team-a') }],
      needs: ['The plan needs 1 approvals by others and has 0 in force.'],
    });
    const { id: planId, hash } = plan;
    const early = await robot.call('apply-plan', { planId, hash });
    expect(early.refused).toContain('needs 1 approvals by others');
    const own = await robot.call('approve-plan', { planId, hash });
    expect(own.refused).toContain('You asked for this plan');
    expect(proposer.done).toEqual([]);

    const yes = await ada.call('approve-plan', { planId, hash });
    expect(yes.is.plan).toMatchObject({ state: 'ready' });
    const approved = await robot.call('get-plan', { planId });
    expect(approved.is.plan).toMatchObject({ needs: [], can: { apply: true } });
    const other = { planId, hash: '0'.repeat(64) };
    const wrong = await robot.call('apply-plan', other);
    expect(wrong.refused).toContain('another hash');
    const begun = await robot.call('apply-plan', { planId, hash });
    const { id } = begun.is.remediation;
    expect((await robot.followed(id)).remediation).toMatchObject({
      ...{ state: 'healed', startedBy: 'user:default/robot' },
      change: { state: 'merged' },
    });
    expect(audited).toContainEqual({
      eventId: 'apply-plan',
      meta: {
        ...{ action: 'fettle:apply-plan', actor: 'user:default/robot' },
        input: { planId, hash },
      },
    });

    // The one that Fettle planned by itself: who approves it has it applied.
    const fix = { playbookId: 'add-licence', repositoryId };
    const asked = { ...fix, problems: [problem.key] };
    const licensed = (await robot.call('plan-fix', asked)).is.plan;
    const given = { planId: licensed.id, hash: licensed.hash };
    expect((await robot.call('apply-plan', given)).refused).toContain(
      'needs 1 approvals by others',
    );
    await ada.call('approve-plan', given);
    const run = await robot.call('apply-plan', given);
    const story = await robot.followed(run.is.remediation.id);
    expect(story.remediation).toMatchObject({ state: 'healed' });
    const after = await robot.call('list-problems', LEDGER);
    expect(after.is.problems.filter(isVerdict)).toEqual([]);
    expect(after.is.unknown).toEqual([]);
    const list = await robot.call('list-remediations', { repositoryId });
    expect(list.is).toMatchObject({ total: 2 });
    await robot.client.close();
    await ada.client.close();
    await backend.stop();
  });

  it('need the word of somebody else even where people do without, and hold nobody up', async () => {
    const { backend, proposer } = await start();
    const robot = await connect(backend, 'robot');
    const [{ id: repositoryId }] = await robot.until(async () => {
      const { is } = await robot.call('list-repositories');
      return is.items[0]?.state === 'ready' && is.items;
    });
    const order = { playbookId: 'add-owners', repositoryId };
    const first = (await robot.call('plan-fix', order)).is.plan;
    const { body: plan } = await request(backend.server)
      .post('/api/fettle/plans')
      .set('authorization', mockCredentials.user.header('user:default/ada'))
      .send(order);
    expect(plan).toMatchObject({ state: 'ready', approvalsNeeded: 0 });
    const old = await robot.call('get-plan', { planId: first.id });
    expect(old.is.plan).toMatchObject({
      ...{ state: 'superseded', supersededBy: plan.id },
    });

    const same = (await robot.call('plan-fix', order)).is.plan;
    expect(same).toMatchObject({
      ...{ id: plan.id, requestedBy: 'user:default/ada', approvalsNeeded: 1 },
      can: { apply: false },
    });
    const given = { planId: plan.id, hash: plan.hash };
    const word = await robot.call('approve-plan', given);
    expect(word.refused).toBeUndefined();
    expect((await robot.call('apply-plan', given)).refused).toContain(
      'needs 1 approval by somebody else than user:default/robot and has 0',
    );
    expect(proposer.done).toEqual([]);
    await robot.client.close();
    await backend.stop();
  });

  it('are told what each tool does to its target', async () => {
    const { backend } = await start();
    const { client } = await connect(backend, 'robot');
    const { tools } = await client.listTools();
    const by = (hint: 'readOnlyHint' | 'destructiveHint') =>
      tools.flatMap(({ name, annotations }) =>
        annotations?.[hint] ? name.replace('fettle.', '') : [],
      );
    expect(by('readOnlyHint')).toEqual([
      ...['list-repositories', 'list-problems', 'get-repository-health'],
      ...['list-findings', 'list-playbooks', 'get-plan', 'get-remediation'],
      ...['list-remediations', 'get-automation'],
    ]);
    expect(by('destructiveHint')).toEqual([
      ...['approve-plan', 'apply-plan', 'cancel-remediation'],
    ]);
    expect(tools.map(({ name }) => name)).toContain('fettle.plan-fix');
    await client.close();
    await backend.stop();
  });

  it('may do no more than the permissions of who they act for', async () => {
    const { backend } = await start(['fettle.plan.create']);
    const { call, client, until } = await connect(backend, 'robot');
    const [{ id: repositoryId }] = await until(async () => {
      const { is } = await call('list-repositories');
      return is.items.length > 0 && is.items;
    });
    const order = { playbookId: 'add-owners', repositoryId };
    expect((await call('plan-fix', order)).refused).toContain(
      "NotAllowedError: This needs the permission 'fettle.plan.create'",
    );
    const both = await call('list-problems', { ...LEDGER, repositoryId });
    expect(both.refused).toContain('Give either repositoryId or entity.');
    const none = await call('list-problems', { entity: 'component:x/none' });
    expect(none.refused).toContain('NotFoundError');
    await client.close();
    await backend.stop();
  });
});
