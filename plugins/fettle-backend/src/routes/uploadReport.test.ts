import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createCheck,
  fettleChecksExtensionPoint,
  fettleComponentMatchersExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  type ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import request from 'supertest';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { fettlePlugin } from '../plugin';

jest.setTimeout(180_000);

const check = createCheck({
  ...{ id: 'deploy', title: 'It is deployed', group: 'Delivery' },
  ...{ why: 'It counts.', fix: 'Deploy it.', appliesTo: 'All' },
  ...{ scope: 'repository', weight: 1, facts: {}, parameters: z.object({}) },
  evaluate: () => ({
    ...{ status: 'fail', message: 'It is not.' },
    evidence: [
      { message: 'Here.', path: 'deploy.env', line: 2 },
      { message: 'Everywhere.' },
    ],
  }),
});

/** Knows something against one version of one package. */
const matcher: ComponentMatcher = {
  ...{ id: 'advisories', title: 'Advisories' },
  match: async components =>
    components.map(({ name, version }) =>
      name === 'left-pad' && version === '1.0.0'
        ? [
            {
              ...{ kind: 'vulnerability', rule: 'CVE-1', aliases: ['GHSA-1'] },
              ...{ title: 'It breaks', severity: 'high', certain: true },
              fixedIn: ['1.0.1'],
            },
          ]
        : [],
    ),
  changesSince: async () => ({ packages: [], cursor: '1' }),
};

/** A portal with one repository that was read, and a reader without these permissions. */
async function start(denied: readonly string[] = []) {
  const source = new MemoryRepositorySource();
  const repository = source.create('pay/ledger');
  const commit = await repository.commit({
    ...{ at: new Date().toISOString(), files: { 'deploy.env': 'a\nb\nc' } },
  });
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
            deps: {
              checks: fettleChecksExtensionPoint,
              matchers: fettleComponentMatchersExtensionPoint,
              sources: fettleRepositorySourcesExtensionPoint,
            },
            async init({ checks, matchers, sources }) {
              matchers.addComponentMatcher(matcher);
              sources.addRepositorySource(source);
              checks.addCheck(check);
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
  const send = (report: string, about = commit) =>
    request(backend.server)
      .post(`/api/fettle/repositories/${id}/reports?commit=${about}`)
      .set('authorization', mockCredentials.user.header())
      .set('content-type', 'application/octet-stream')
      .send(report);
  return { backend, get, send, id, commit, remote: repository.location.remote };
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

function sarif(...rules: string[]): string {
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Lens' } },
        results: rules.map(ruleId => ({
          ruleId,
          message: { text: `${ruleId} is wrong.` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'deploy.env' },
                region: { startLine: 2 },
              },
            },
          ],
        })),
      },
    ],
  });
}

/** A bill with a package, and what its supplier says of a vulnerability in it. */
function bill(version: string, state?: string): string {
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
    metadata: { tools: [{ name: 'assembler' }] },
    components: [
      { 'bom-ref': 'p', name: 'left-pad', purl: `pkg:npm/left-pad@${version}` },
    ],
    ...(state && {
      vulnerabilities: [
        { id: 'GHSA-1', affects: [{ ref: 'p' }], analysis: { state } },
      ],
    }),
  });
}

describe('a bill of materials that is uploaded', () => {
  const rules = (get: (path: string) => request.Test, state: string) =>
    get(`/findings?state=${state}`).then(({ body }) =>
      body.items.map((one: { rule: string }) => one.rule),
    );

  it('is matched at once with what is known against its components', async () => {
    const { backend, get, send } = await start();
    expect((await send(bill('1.0.0'))).body).toMatchObject({
      ...{ components: 1, falsePositives: 0, problems: [] },
    });
    expect(await rules(get, 'open')).toEqual(['CVE-1']);
    await send(bill('1.0.1'));
    expect(await rules(get, 'open')).toEqual([]);
    await backend.stop();
  });

  it('is matched before what it says itself of a vulnerability', async () => {
    const { backend, get, send } = await start();
    const { body } = await send(bill('1.0.0', 'not_affected'));
    expect(body).toMatchObject({ falsePositives: 1, problems: [] });
    expect(await rules(get, 'open')).toEqual([]);
    expect(await rules(get, 'false-positive')).toEqual(['CVE-1']);
    await backend.stop();
  });
});

describe('what a report says of vulnerabilities', () => {
  it('is refused from those who may not triage, and the rest is taken', async () => {
    const { backend, get, send } = await start(['fettle.finding.triage']);
    const { status, body } = await send(bill('1.0.0', 'not_affected'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ components: 1, falsePositives: 0 },
      problems: [
        { message: expect.stringContaining("'fettle.finding.triage'") },
      ],
    });
    const found = await get('/findings?state=open');
    expect(found.body.items).toMatchObject([{ rule: 'CVE-1' }]);
    expect((await send(bill('1.0.0'))).body.problems).toEqual([]);
    await backend.stop();
  });
});

describe('a report that is uploaded', () => {
  it('says what came of it: new, known and gone', async () => {
    const { backend, get, send, id } = await start();
    expect((await get(`/repositories/${id}/security`)).body.can).toEqual({
      ...{ triage: true, seeSecrets: true, uploadReports: true },
    });
    const first = await send(sarif('R1', 'R2'));
    expect(first.body).toMatchObject({
      ...{ observer: 'Lens (sarif)', format: 'SARIF 2.1.0', findings: 2 },
      changes: { opened: 2, known: 0, fixed: 0 },
    });
    const { body } = await send(sarif('R2'));
    expect(body).toMatchObject({
      findings: 1,
      changes: { opened: 0, known: 1, fixed: 1 },
    });
    await backend.stop();
  });

  it('is refused with the reason', async () => {
    const { backend, send, commit } = await start();
    const cases = [
      [await send('<xml/>'), 400, /no JSON/],
      [await send('{}'), 400, /SARIF 2\.1\.0 or CycloneDX/],
      [await send(sarif(), 'b'.repeat(40)), 409, commit.slice(0, 7)],
      [await send(sarif(), 'main'), 400, /whole id/],
      [await send(' '.repeat(21 * 1024 * 1024)), 413, /too large/],
    ] as const;
    for (const [{ status, body }, expected, why] of cases) {
      expect(status).toBe(expected);
      expect(body.error.message).toMatch(why);
    }
    await backend.stop();
  });

  it('is not taken from those who may not send one', async () => {
    const { backend, get, send, id } = await start(['fettle.report.upload']);
    expect((await send(sarif('R1'))).status).toBe(403);
    const { body } = await get(`/repositories/${id}/security`);
    expect(body.can.uploadReports).toBe(false);
    await backend.stop();
  });
});

describe('places', () => {
  it('lead to their page on the host, at the commit in which they were seen', async () => {
    const { backend, get, send, id, commit, remote } = await start();
    const page = `${remote}/files/${commit}/deploy.env#L2`;
    const { body } = await get(`/repositories/${id}`);
    expect(body.verdicts[0].evidence).toEqual([
      { message: 'Here.', path: 'deploy.env', line: 2, url: page },
      { message: 'Everywhere.' },
    ]);
    await send(sarif('R1', 'leaked-secret'));
    const found = await get('/findings');
    expect(found.body.items.map((one: any) => one.url)).toEqual([page, page]);
    const { body: details } = await get(`/findings/${found.body.items[0].id}`);
    expect(details.evidence[0].url).toBe(page);
    await backend.stop();
  });

  it('of secrets are told to nobody who may not see them', async () => {
    const { backend, get, send, id } = await start([
      'fettle.secret-place.read',
    ]);
    await send(sarif('leaked-secret'));
    const paths = ['/findings', `/repositories/${id}/security`];
    const { body } = await get('/findings');
    expect(body.items).toMatchObject([{ kind: 'secret', hidden: true }]);
    paths.push(`/findings/${body.items[0].id}`);
    for (const path of paths) {
      const { text } = await get(path).expect(200);
      expect(text).not.toContain('deploy.env');
    }
    await backend.stop();
  });
});
