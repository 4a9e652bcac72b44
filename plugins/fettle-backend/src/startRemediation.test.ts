import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import {
  fettleHostChangesExtensionPoint,
  fettlePlaybookStepsExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import {
  MemoryChangeProposer,
  MemoryRepositorySource,
} from 'backstage-plugin-fettle-node/testUtils';
import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { z } from 'zod';
import { fettlePlugin } from './plugin';
import { WRITE } from './remediate/testRemediations';

jest.setTimeout(180_000);

async function start(playbook: object, denied: readonly string[] = []) {
  const source = new MemoryRepositorySource();
  const repository = source.create('payments/ledger');
  await repository.commit({
    ...{ files: { 'README.md': '# Hello\n' }, at: '2026-05-01T00:00:00Z' },
  });
  const proposer = new MemoryChangeProposer(source);
  const { server } = await startTestBackend({
    features: [
      fettlePlugin,
      createBackendModule({
        ...{ pluginId: 'fettle', moduleId: 'test' },
        register: env =>
          env.registerInit({
            deps: {
              sources: fettleRepositorySourcesExtensionPoint,
              hosts: fettleHostChangesExtensionPoint,
              steps: fettlePlaybookStepsExtensionPoint,
            },
            init: async ({ sources, hosts, steps }) => {
              sources.addRepositorySource(source);
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
        authorize: async asked =>
          asked.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async asked =>
          asked.map(() => ({ result: AuthorizeResult.ALLOW })),
      }).factory,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () =>
          mockServices.rootConfig({
            data: {
              backend: {
                database: { client: 'better-sqlite3', connection: ':memory:' },
              },
              fettle: { playbooks: { mend: playbook } },
            },
          }),
      }),
    ],
  });
  const as = (user: string) => ({
    authorization: mockCredentials.user.header(`user:default/${user}`),
  });
  const get = async (path: string, user = 'ada') =>
    request(server).get(`/api/fettle${path}`).set(as(user));
  const post = async (path: string, body: object, user = 'ada') =>
    request(server).post(`/api/fettle${path}`).set(as(user)).send(body);
  const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
    for (let i = 0; i < 300; i += 1) {
      const found = await ask();
      if (found) return found;
      await setTimeout(100);
    }
    throw new Error('It did not come to that');
  };
  const repositoryId = await until(async () => {
    const { body } = await get('/repositories');
    return body.items?.find((one: any) => one.state === 'ready')?.id;
  });
  return { get, post, until, repositoryId, proposer, repository };
}

const LICENCE = {
  title: 'Add a licence',
  trigger: { on: 'person' },
  level: 'enforce',
  approval: { by: 1 },
  steps: [
    { id: 'add', uses: 'write', with: { path: 'LICENSE', content: 'MIT\n' } },
  ],
  verification: { settle: { seconds: 0 }, hold: { seconds: 0 } },
};

describe('remediation', () => {
  it('goes from a plan over an approval to what is verified, by the API', async () => {
    const { get, post, until, repositoryId, proposer } = await start(LICENCE);
    const order = { playbookId: 'mend', repositoryId };
    const { body: plan } = await post('/plans', order).then(answer => {
      expect(answer.status).toBe(200);
      return answer;
    });
    expect(plan).toMatchObject({
      ...{ state: 'waiting', requestedBy: 'user:default/ada', blockedBy: [] },
      can: { approve: false, apply: false },
    });
    const yes = { hash: plan.hash, decision: 'approved' };
    const own = await post(`/plans/${plan.id}/approvals`, yes);
    expect(own.status).toBe(403);
    const early = await post(`/plans/${plan.id}/apply`, { hash: plan.hash });
    expect(early.status).toBe(409);

    const approved = await post(`/plans/${plan.id}/approvals`, yes, 'bob');
    expect(approved.body).toMatchObject({ state: 'ready' });
    const wrong = await post(`/plans/${plan.id}/apply`, {
      hash: '0'.repeat(64),
    });
    expect(wrong.status).toBe(409);
    const applied = await post(`/plans/${plan.id}/apply`, { hash: plan.hash });
    expect(applied.status).toBe(202);
    const { id } = applied.body.remediation;
    const healed = await until(async () => {
      const { body } = await get(`/remediations/${id}`);
      return body.remediation.state === 'healed' ? body : undefined;
    });
    expect(healed.remediation).toMatchObject({
      ...{ personActed: true, entityRef: 'component:default/ledger' },
      change: { state: 'merged' },
    });
    expect(healed.story.map((one: any) => one.event)).toEqual([
      ...['approved', 'started', 'let-through', 'opened', 'merged', 'healed'],
    ]);
    expect(healed.story[0]).toMatchObject({
      ...{ actor: 'user:default/bob', message: 'bob approved the plan.' },
    });
    expect(proposer.done).toHaveLength(2);
    const again = await post(`/plans/${plan.id}/apply`, { hash: plan.hash });
    expect(again.body.remediation.id).toBe(id);

    const list = await get(`/repositories/${repositoryId}/remediations`);
    expect(list.body).toMatchObject({ total: 1, items: [{ id }] });
    const plans = await get('/plans?state=applied');
    expect(plans.body).toMatchObject({ total: 1, items: [{ id: plan.id }] });
  });

  it('is stopped by the kill switch, and goes on after it', async () => {
    const { get, post, until, repositoryId, proposer } = await start({
      ...LICENCE,
      approval: { by: 0 },
    });
    const stopped = await post('/automation/kill-switch', {
      ...{ on: true, reason: 'An incident' },
    });
    expect(stopped.body.killSwitch).toMatchObject({
      ...{ on: true, reason: 'An incident', actor: 'user:default/ada' },
    });
    const { body: plan } = await post('/plans', {
      ...{ playbookId: 'mend', repositoryId },
    });
    expect(plan).toMatchObject({ blockedBy: [{ code: 'stopped' }] });
    const { body } = await post(`/plans/${plan.id}/apply`, { hash: plan.hash });
    const { id } = body.remediation;
    const stateOf = async () =>
      (await get(`/remediations/${id}`)).body.remediation.state;
    await until(async () => (await stateOf()) === 'blocked');
    expect(proposer.done).toEqual([]);
    await post('/automation/kill-switch', { on: false, reason: 'It is over' });
    await until(async () => (await stateOf()) === 'healed');
    const { body: automation } = await get('/automation');
    expect(automation).toMatchObject({
      killSwitch: { on: false },
      breakers: [],
    });
  });

  it('is kept from those without the permissions', async () => {
    const { get, post, repositoryId } = await start(LICENCE, [
      ...['fettle.plan.create', 'fettle.automation.stop'],
    ]);
    const plan = await post('/plans', { playbookId: 'mend', repositoryId });
    expect(plan.status).toBe(403);
    const stop = await post('/automation/kill-switch', {
      ...{ on: true, reason: 'For fun' },
    });
    expect(stop.status).toBe(403);
    const { body } = await get('/automation');
    expect(body.can).toMatchObject({ plan: false, stop: false, approve: true });
    expect(body.killSwitch.on).toBe(false);
  });
});
