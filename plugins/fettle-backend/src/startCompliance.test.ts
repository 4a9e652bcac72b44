import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { fettleRepositorySourcesExtensionPoint } from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import request from 'supertest';
import { setTimeout } from 'node:timers/promises';
import { fettlePlugin } from './plugin';
import { DatabaseComplianceStore } from './store/compliance/DatabaseComplianceStore';

jest.setTimeout(180_000);

async function start(denied: readonly string[] = []) {
  const source = new MemoryRepositorySource();
  source.create('payments/ledger');
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const decide = (name: string): AuthorizeResult.ALLOW | AuthorizeResult.DENY =>
    denied.includes(name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;
  const authorize = async (asked: { permission: { name: string } }[]) =>
    asked.map(({ permission: { name } }) => ({ result: decide(name) }));
  const backend = await startTestBackend({
    features: [
      fettlePlugin,
      createBackendModule({
        ...{ pluginId: 'fettle', moduleId: 'test' },
        register(env) {
          env.registerInit({
            deps: { sources: fettleRepositorySourcesExtensionPoint },
            init: async ({ sources }) => sources.addRepositorySource(source),
          });
        },
      }),
      mockServices.rootConfig.factory({ data: {} }),
      auditor.factory,
      catalogServiceMock.factory(),
      mockServices.permissions.mock({
        ...{ authorize, authorizeConditional: authorize },
      } as any).factory,
    ],
  });
  const get = (path: string) =>
    request(backend.server)
      .get(`/api/fettle/compliance${path}`)
      .set('authorization', mockCredentials.user.header());
  return { backend, get, auditor, event };
}

/** Repositories are discovered in the background; the test's own time-out ends it. */
async function until(get: (path: string) => request.Test, count: number) {
  for (;;) {
    const { body } = await get('/slsa');
    const all = body.owners.map((one: any) => one.repositories);
    if (all.reduce((sum: number, one: number) => sum + one, 0) >= count) return;
    // What is counted is shared for a moment.
    await setTimeout(100);
  }
}

const PERIOD = '?from=2026-01-01&to=2026-01-31';

it('answers how frameworks are met, and writes evidence, which is audited', async () => {
  const { backend, get, auditor, event } = await start();
  const { body } = await get('').expect(200);
  expect(body.items.map((one: any) => one.framework.id)).toEqual([
    'scorecard',
    'slsa',
    'cis-supply-chain',
  ]);
  const standing = await get('/slsa').expect(200);
  expect(standing.body.can).toEqual({ exportEvidence: true });
  await get('/slsa/repositories?control=L2%20hosted').expect(200);
  const archive = await get(`/slsa/evidence${PERIOD}`)
    .buffer(true)
    .expect(200)
    .expect('content-type', 'application/zip')
    .expect('content-disposition', /slsa-2026-01-01-2026-01-31\.zip/);
  expect(archive.text.slice(0, 2)).toBe('PK');
  expect(auditor.createEvent).toHaveBeenCalledWith(
    expect.objectContaining({ eventId: 'export-evidence' }),
  );
  expect(event.success).toHaveBeenCalledWith({
    meta: { file: 'slsa-2026-01-01-2026-01-31.zip' },
  });
  await backend.stop();
});

it('does not call evidence given out that broke off', async () => {
  const broken = jest
    .spyOn(DatabaseComplianceStore.prototype, 'evidence')
    .mockRejectedValue(new Error('The database is gone.'));
  const { backend, get, event } = await start();
  await until(get, 1);
  await expect(get(`/slsa/evidence${PERIOD}`)).rejects.toThrow();
  expect(event.fail).toHaveBeenCalledTimes(1);
  expect(event.success).not.toHaveBeenCalled();
  broken.mockRestore();
  await backend.stop();
});

it('refuses what there is not, what is not valid and what is not allowed', async () => {
  const { backend, get, event } = await start(['fettle.evidence.export']);
  await get('/none').expect(404);
  await get('/slsa/repositories?control=none').expect(404);
  await get('/slsa/evidence?from=2026-02-01&to=2026-01-01').expect(400);
  await get('/slsa/evidence?from=yesterday&to=2026-01-01').expect(400);
  await get(`/slsa/evidence${PERIOD}`).expect(403);
  expect(event.fail).toHaveBeenCalledTimes(3);
  expect(event.success).not.toHaveBeenCalled();
  const { body } = await get('/slsa').expect(200);
  expect(body.can).toEqual({ exportEvidence: false });
  await backend.stop();
});

it('shows nothing to those who may not read policies', async () => {
  const { backend, get } = await start(['fettle.policy.read']);
  expect((await get('')).status).toBe(403);
  await get('/slsa').expect(403);
  await get('/slsa/repositories?control=L2%20hosted').expect(403);
  await get(`/slsa/evidence${PERIOD}`).expect(403);
  await backend.stop();
});
