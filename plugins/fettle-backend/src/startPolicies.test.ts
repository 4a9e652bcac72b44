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
import { notificationService } from '@backstage/plugin-notifications-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import {
  fettleComponentMatchersExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  fettleScannersExtensionPoint,
  type ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { fettlePlugin } from './plugin';

jest.setTimeout(180_000);

/** Files that say so hold a secret; lines of `deps` are components. */
const PROGRAM = `exports.scan = ({ files }) => ({
  components: files.filter(f => f.path === 'deps').flatMap(f => f.text.split('\\n').filter(Boolean).map(name => (
    { ecosystem: 'npm', name, version: '1.0.0', purl: 'pkg:npm/' + name, path: f.path, direct: true, scope: 'runtime' }
  ))),
  findings: files.filter(f => f.text.includes('SECRET')).map(f => ({
    kind: 'secret', rule: 'word', title: 'A secret', severity: 'critical',
    path: f.path, line: 1, keys: ['word'], message: 'It says it.',
  })),
});`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-policies-'));
  await writeFile(join(folder, 'program.js'), PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

function allow(allowed: boolean): AuthorizeResult.ALLOW | AuthorizeResult.DENY {
  return allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
}

async function start(
  policies: object,
  notify: () => Promise<void> = async () => {},
  denied: readonly string[] = [],
) {
  const source = new MemoryRepositorySource();
  const repository = source.create('payments/ledger');
  const matcher: ComponentMatcher & { failing: boolean } = {
    ...{ id: 'advisories', title: 'Advisories', failing: false },
    async match(components) {
      if (matcher.failing) throw new Error('The database is gone.');
      return components.map(({ name }) =>
        name === 'bad'
          ? [
              {
                ...{ kind: 'vulnerability', rule: 'CVE-1', aliases: [] },
                ...{ title: 'It breaks', severity: 'high', certain: true },
                ...{ exploited: true, fixedIn: [] },
              },
            ]
          : [],
      );
    },
    changesSince: async () => ({ packages: [], cursor: '1' }),
  };
  const module = createBackendModule({
    ...{ pluginId: 'fettle', moduleId: 'test' },
    register(env) {
      env.registerInit({
        deps: {
          sources: fettleRepositorySourcesExtensionPoint,
          scanners: fettleScannersExtensionPoint,
          matchers: fettleComponentMatchersExtensionPoint,
        },
        async init({ sources, scanners, matchers }) {
          sources.addRepositorySource(source);
          scanners.addScanner({
            ...{ id: 'words', title: 'Words', version: 1, options: {} },
            ...{ wants: () => true, maxFileBytes: 1000 },
            program: join(folder, 'program.js'),
          });
          matchers.addComponentMatcher(matcher);
        },
      });
    },
  });
  const authorize = async (asked: { permission: { name: string } }[]) =>
    asked.map(({ permission }) => ({
      result: allow(!denied.includes(permission.name)),
    }));
  const told: any[] = [];
  const events: any[] = [];
  const backend = await startTestBackend({
    features: [
      fettlePlugin,
      module,
      mockServices.rootConfig.factory({ data: { fettle: { policies } } }),
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
            relations: [
              { type: 'ownedBy', targetRef: 'group:default/payments' },
            ],
          },
        ],
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => ({ authorize, authorizeConditional: authorize }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            told.push(notification);
            await notify();
          },
        }),
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ topic, eventPayload }) => {
            if (topic === 'fettle.policy.changed') events.push(eventPayload);
          },
          subscribe: async () => {},
        }),
      }),
    ],
  });
  const call = (method: 'get' | 'post', path: string) =>
    request(backend.server)
      [method](`/api/fettle${path}`)
      .set('authorization', mockCredentials.user.header());
  const push = (files: Record<string, string>) =>
    repository.commit({ files, at: new Date().toISOString() });
  /** Asks until the answer is as it should be; the test's own time-out ends it. */
  const until = async (path: string, isDone: (body: any) => boolean) => {
    for (;;) {
      const { body } = await call('get', path);
      if (isDone(body)) return body;
      await setTimeout(50);
    }
  };
  const { items } = await until(
    '/repositories',
    body => body.items?.length === 1,
  );
  return {
    ...{ backend, call, push, until, told, events, matcher },
    id: items[0].id as string,
  };
}

const statusOf = (body: any, id: string) =>
  body.items?.find((one: any) => one.policy.id === id)?.status;

describe('policies of a portal', () => {
  it('follow what is pushed, tell the owner once, and decide at the gate', async () => {
    const portal = await start({
      'no-secrets': { level: 'enforce' },
      'no-known-exploited': { level: 'enforce' },
    });
    const { backend, call, push, until, told, events, id } = portal;
    const path = `/repositories/${id}/policies`;
    const gate = (commit: string) =>
      call('post', `/repositories/${id}/gate`).send({ commit });
    const gateUntil = async (commit: string, answer: string) => {
      for (;;) {
        const { body } = await gate(commit);
        if (body.answer === answer) return body;
        await setTimeout(50);
      }
    };

    const clean = await push({ deps: 'good', notes: 'fine' });
    await until(path, body => statusOf(body, 'no-secrets') === 'kept');
    await gateUntil(clean, 'pass');

    const leaked = await push({ notes: 'SECRET' });
    const broken = await until(
      path,
      body => statusOf(body, 'no-secrets') === 'violated',
    );
    expect(broken.items[0]).toMatchObject({
      policy: { id: 'no-secrets', level: 'enforce' },
      rests: [{ input: 'findings', offending: 1 }],
    });
    const failed = await gateUntil(leaked, 'fail');
    expect(failed.reasons[0]).toMatchObject({
      ...{ policyId: 'no-secrets', counts: true },
    });
    const stale = await gate(clean);
    expect(stale.body).toMatchObject({
      ...{ answer: 'unknown', reason: { code: 'not-read' } },
    });

    const sarif = await call('post', `/repositories/${id}/gate`)
      .set('accept', 'application/sarif+json')
      .send({ commit: leaked });
    expect(sarif.type).toBe('application/sarif+json');
    expect(JSON.parse(sarif.text ?? sarif.body).runs[0].results).toHaveLength(
      1,
    );
    const asked = await call(
      ...(['post', `/repositories/${id}/gate?format=sarif`] as const),
    );
    expect(asked.type).toBe('application/sarif+json');

    // A component that is bad is known at the gate as soon as it is scanned.
    const bad = await push({ deps: 'bad', notes: 'fine' });
    const answer = await gateUntil(bad, 'fail');
    expect(answer.reasons[0].policyId).toBe('no-known-exploited');
    const good = await push({ deps: 'good' });
    await gateUntil(good, 'pass');
    portal.matcher.failing = true;
    const unmatched = await push({ deps: 'other' });
    await gateUntil(unmatched, 'unknown');
    while ((await gate(unmatched)).body.reason.code !== 'not-matched') {
      await setTimeout(50);
    }
    portal.matcher.failing = false;
    await gateUntil(unmatched, 'pass');
    await until(path, body => statusOf(body, 'no-secrets') === 'kept');

    expect(
      told.filter(({ payload }) => payload.scope.includes('no-secrets')),
    ).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['group:default/payments'] },
        payload: expect.objectContaining({
          title: "payments/ledger does not keep 'No secret lies open'",
          ...{ severity: 'critical', link: `/fettle/repositories/${id}` },
        }),
      },
    ]);
    expect(
      events
        .filter(({ policyId }) => policyId === 'no-secrets')
        .map(({ repository, to }) => [repository, to]),
    ).toEqual(
      expect.arrayContaining([
        ['payments/ledger', 'violated'],
        ['payments/ledger', 'kept'],
      ]),
    );

    const { body: all } = await call('get', '/policies');
    expect(all).toMatchObject({ can: { replay: true } });
    expect(
      all.items.find((one: any) => one.policy.id === 'no-secrets').counts,
    ).toEqual({ kept: 1, violated: 0, error: 0, unknown: 0 });

    const { body: replayed } = await call('post', '/policies/replay').send({
      policy: { condition: 'components.all(c, c.name != "other")' },
      days: 2,
    });
    expect(replayed).toMatchObject({
      today: { violated: 1 },
      repositories: [{ repository: 'payments/ledger', orLonger: false }],
      asToday: [expect.stringContaining('components')],
    });
    const draft = await call('post', '/policies/replay').send({
      policy: { condition: 'components.all(c, c.nam != "good")' },
    });
    expect(draft.status).toBe(400);
    expect(draft.body.error.message).toMatch(
      /No such key: nam\. At line 1, column 21/,
    );
    const none = await call('get', '/repositories/none/policies');
    expect(none.status).toBe(404);
    await backend.stop();
  });

  it('tell again what could not be told', async () => {
    let failures = 1;
    const portal = await start(
      { 'no-secrets': { level: 'notify' } },
      async () => {
        if (failures-- > 0) throw new Error('Nobody listens.');
      },
    );
    const { backend, push, until, told, id } = portal;
    await push({ notes: 'SECRET' });
    const path = `/repositories/${id}/policies`;
    await until(path, body => statusOf(body, 'no-secrets') === 'violated');
    while (told.length < 1) await setTimeout(20);
    await push({ notes: 'SECRET', other: 'x' });
    while (told.length < 2) await setTimeout(20);
    await push({ notes: 'SECRET', other: 'y' });
    await until(path, () => true);
    expect(told).toHaveLength(2);
    await backend.stop();
  });

  it('stop the start where one is wrong', async () => {
    const policies = { own: { condition: 'findings.exists(f, f.nope)' } };
    await expect(start(policies)).rejects.toThrow(
      /The condition of the policy 'own' is wrong: No such key: nope/,
    );
  });

  it('are shown, and replayed, to those who may', async () => {
    const reader = await start({}, undefined, ['fettle.policy.replay']);
    const draft = { policy: { condition: 'true' } };
    const { body } = await reader.call('get', '/policies');
    expect(body.can).toEqual({ replay: false });
    const refused = await reader.call('post', '/policies/replay').send(draft);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('fettle.policy.replay');
    await reader.backend.stop();

    const other = await start({}, undefined, ['fettle.policy.read']);
    for (const [method, path] of [
      ['get', '/policies'],
      ['get', `/repositories/${other.id}/policies`],
      ['post', `/repositories/${other.id}/gate`],
      ['post', '/policies/replay'],
    ] as const) {
      const answer = await other.call(method, path).send(draft);
      expect([path, answer.status]).toEqual([path, 403]);
    }
    await other.backend.stop();

    const blind = await start({}, undefined, ['fettle.finding.read']);
    const { call, push, until, id } = blind;
    await push({ notes: 'SECRET' });
    const broken = await until(
      `/repositories/${id}/policies`,
      answer => statusOf(answer, 'no-secrets') === 'violated',
    );
    expect(broken.items[0].rests).toEqual([
      { input: 'findings', of: 1, offending: 1, first: [] },
    ]);
    const gate = await call('post', `/repositories/${id}/gate?format=sarif`);
    expect(gate.text).toContain('no-secrets');
    expect(gate.text).not.toContain('notes');
    const replay = await call('post', '/policies/replay').send(draft);
    expect(replay.status).toBe(403);
    await blind.backend.stop();
  });
});
