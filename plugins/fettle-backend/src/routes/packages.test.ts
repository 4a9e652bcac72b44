import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import {
  findingReadPermission,
  packagePageSchema,
  packageUsesSchema,
} from 'backstage-plugin-fettle-common';
import { fettleRepositorySourcesExtensionPoint } from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import request from 'supertest';
import { setTimeout } from 'node:timers/promises';
import { fettlePlugin } from '../plugin';

jest.setTimeout(180_000);

const COMPONENTS = [
  ['left-pad', '1.2.0', 'MIT'],
  ['left-pad', '2.0.0', 'MIT'],
  // A spreadsheet would compute it.
  ['=cmd', '1.0.0', 'GPL-3.0-only'],
] as const;

/** A portal with one repository that was read, and a reader without these permissions. */
async function start(denied: readonly string[] = []) {
  const source = new MemoryRepositorySource();
  const repository = source.create('pay/ledger');
  const commit = await repository.commit({
    ...{ at: new Date().toISOString(), files: { 'README.md': 'a' } },
  });
  const authorize = async (asked: { permission: { name: string } }[]) =>
    asked.map(({ permission: { name } }) => ({
      result: denied.includes(name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }));
  const backend = await startTestBackend({
    features: [
      fettlePlugin,
      createBackendModule({
        ...{ pluginId: 'fettle', moduleId: 'test' },
        register(env) {
          env.registerInit({
            deps: { sources: fettleRepositorySourcesExtensionPoint },
            async init({ sources }) {
              sources.addRepositorySource(source);
            },
          });
        },
      }),
      mockServices.rootConfig.factory({ data: {} }),
      catalogServiceMock.factory(),
      mockServices.permissions.mock({
        ...{ authorize, authorizeConditional: authorize },
      } as any).factory,
    ],
  });
  const get = (path: string) =>
    request(backend.server)
      .get(`/api/fettle${path}`)
      .set('authorization', mockCredentials.user.header());
  const id = await untilRead(get, commit);
  const send = (report: string) =>
    request(backend.server)
      .post(`/api/fettle/repositories/${id}/reports?commit=${commit}`)
      .set('authorization', mockCredentials.user.header())
      .set('content-type', 'application/json')
      .send(report);
  return { backend, get, send };
}

/** It is read in the background; the test's own time-out ends the wait. */
async function untilRead(get: (path: string) => request.Test, commit: string) {
  for (;;) {
    const { body } = await get('/repositories');
    const [found] = body.items;
    if (found?.head?.commit === commit) return found.id as string;
    await setTimeout(50);
  }
}

/** What another tool says that it is made of. */
function bill(): string {
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    components: COMPONENTS.map(([name, version, id]) => ({
      ...{ type: 'library', name, version, licenses: [{ license: { id } }] },
      purl: `pkg:npm/${encodeURIComponent(name)}@${version}`,
    })),
  });
}

describe('packages of the fleet', () => {
  let portal: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    portal = await start();
    await portal.send(bill()).expect(200);
  });
  afterAll(() => portal.backend.stop());

  it('are narrowed by licence, owner and ecosystem', async () => {
    const { get } = portal;
    const names = async (query: string) => {
      const { body } = await get(`/packages?${query}`).expect(200);
      return packagePageSchema.parse(body).items.map(({ name }) => name);
    };
    expect(await names('')).toEqual(['=cmd', 'left-pad']);
    expect(await names('licence=mit')).toEqual(['left-pad']);
    expect(await names('ecosystem=Maven')).toEqual([]);
    expect(await names('owner=group:default/pay')).toEqual([]);
  });

  it('are looked up by a range of versions', async () => {
    const { get } = portal;
    const path = '/packages/uses?ecosystem=npm&name=left-pad&range=';
    const { body } = await get(`${path}${encodeURIComponent('<2')}`);
    expect(packageUsesSchema.parse(body)).toMatchObject({
      ...{ total: 1, notComparable: 0, items: [{ version: '1.2.0' }] },
    });
    const wrong = await get(`${path}newest`).expect(400);
    expect(wrong.body.error.message).toContain("'newest' is no version of npm");
  });

  it('go out as CSV in which no formula is one', async () => {
    const { get } = portal;
    const all = await get('/packages/export').expect(200);
    expect(all.headers['content-type']).toContain('text/csv');
    expect(all.headers['content-disposition']).toContain('packages.csv');
    const [head, ...rows] = all.text.trim().split('\n');
    expect(head).toBe(
      'ecosystem,name,version,licence,repositories,newest,newest from,behind,purl',
    );
    expect(rows).toEqual([
      expect.stringMatching(/^npm,'=cmd,1.0.0,GPL-3.0-only,1,1.0.0,fleet,none/),
      expect.stringMatching(/^npm,left-pad,1.2.0,MIT,1,2.0.0,fleet,1 major,/),
      expect.stringMatching(/^npm,left-pad,2.0.0,MIT,1,/),
    ]);
    const uses = await get(
      '/packages/uses/export?ecosystem=npm&name=left-pad&range=%3E1.2',
    ).expect(200);
    expect(uses.headers['content-disposition']).toContain('left-pad-uses.csv');
    expect(uses.text.trim().split('\n')).toHaveLength(2);
    await get('/packages/uses/export?ecosystem=npm&name=x&range=^').expect(400);
  });

  it('go out as a valid CycloneDX 1.6', async () => {
    const { get } = portal;
    const answer = await get('/packages/export?format=cyclonedx&licence=MIT')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () => done(null, text));
      })
      .expect(200);
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(answer.body)).toBeNull();
    expect(
      JSON.parse(answer.body).components.map((one: any) => one.purl),
    ).toEqual(['pkg:npm/left-pad@1.2.0', 'pkg:npm/left-pad@2.0.0']);
  });
});

it('gives nobody packages without the permission', async () => {
  const { backend, get } = await start([findingReadPermission.name]);
  const of = 'ecosystem=npm&name=left-pad';
  for (const path of [
    '/packages',
    '/packages/export',
    '/packages/export?format=cyclonedx',
    `/packages/uses?${of}`,
    `/packages/uses/export?${of}`,
  ]) {
    expect((await get(path)).status).toBe(403);
  }
  await backend.stop();
});
