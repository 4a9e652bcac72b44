import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fettle from 'backstage-plugin-fettle-backend';
import fettleChecks from 'backstage-plugin-fettle-backend-module-checks';
import fettleGit from 'backstage-plugin-fettle-backend-module-git';
import {
  entityHealthSchema,
  repositoryHealthSchema,
  repositoryPageSchema,
  type RepositorySummary,
} from 'backstage-plugin-fettle-common';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { buildBrokenFleet, git, startBadHost } from './testing/brokenFleet';

jest.setTimeout(180_000);

let dir: string;
let fleet: string;
let host: Server;
let hostUrl: string;
let backend: TestBackend;
let all: RepositorySummary[];

const component = (name: string, annotation?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: annotation ? { 'fettle.dev/repository': annotation } : {},
  },
});

const get = (path: string) =>
  request(backend.server)
    .get(`/api/fettle${path}`)
    .set('Authorization', mockCredentials.user.header());

async function list(): Promise<RepositorySummary[]> {
  const { body } = await get('/repositories?limit=500').expect(200);
  return repositoryPageSchema.parse(body).items;
}

async function until<T>(read: () => Promise<T>, done: (value: T) => boolean) {
  const end = Date.now() + 40_000;
  let value = await read();
  while (!done(value) && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 100));
    value = await read();
  }
  return value;
}

const named = (name: string) => {
  const found = all.find(one => one.name.endsWith(name));
  if (!found) throw new Error(`${name} is not in ${all.map(r => r.name)}`);
  return found;
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-bad-input-'));
  fleet = buildBrokenFleet(dir);
  host = await startBadHost();
  hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const closed = 'http://127.0.0.1:9';

  backend = await startTestBackend({
    features: [
      fettle,
      fettleGit,
      fettleChecks,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          fettle: {
            git: {
              repositories: [
                fleet,
                `${hostUrl}/private/one`,
                `${hostUrl}/html/one`,
                `${hostUrl}/broken/one`,
                `${hostUrl}/missing/one`,
                `${closed}/gone/one`,
              ],
              cacheDir: join(dir, 'cache'),
            },
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [
          component('whole', `file://${join(fleet, 'shared')}`),
          component('rival', `file://${join(fleet, 'shared')}`),
          component('part', `file://${join(fleet, 'shared')}#api`),
          component('nowhere', `file://${join(fleet, 'shared')}#no/such`),
          component('option', '--upload-pack=touch pwned'),
          component('helper', 'ext::sh -c "touch pwned"'),
          component('climbing', `file://${join(fleet, 'shared')}#../../etc`),
          component('outside', 'file:///etc'),
          component('vanished', `file://${join(fleet, 'never-there')}`),
          component('nonsense', 'not a url'),
        ],
      }),
    ],
  });
  all = await until(
    list,
    rows => rows.length >= 14 && rows.every(row => row.state !== 'pending'),
  );
});

afterAll(async () => {
  await backend?.stop();
  host?.close();
  host?.closeAllConnections();
  rmSync(dir, { recursive: true, force: true });
});

describe('what is broken', () => {
  it.each([
    ['private/one', 'unauthorized'],
    ['html/one', 'corrupt'],
    ['broken/one', 'unreachable'],
    ['missing/one', 'not-found'],
    ['gone/one', 'unreachable'],
    ['corrupt', 'corrupt'],
    ['never-there', 'not-found'],
  ])('%s fails with the reason %s, and says what to do', (name, code) => {
    const { state, reason, score } = named(name);
    expect({ state, score }).toEqual({ state: 'failing', score: null });
    expect(reason).toMatchObject({
      code,
      message: expect.stringContaining(name.split('/')[0]),
      action: expect.stringMatching(/\w+/),
    });
  });

  it('does not disturb the others', () => {
    expect(named('healthy')).toMatchObject({ state: 'ready', reason: null });
    expect(named('healthy').score).toBeGreaterThan(0);
  });

  it('says that a repository is empty, and gives it no score', () => {
    expect(named('empty')).toMatchObject({
      state: 'empty',
      score: null,
      level: 'unknown',
      reason: { code: 'empty' },
    });
  });

  it('does not guess what a shallow history hides', async () => {
    const { id, state } = named('shallow');
    expect(state).toBe('ready');
    const { body } = await get(`/repositories/${id}`).expect(200);
    const health = repositoryHealthSchema.parse(body);
    expect(health.verdicts.map(v => v.check.id)).toContain('activity');
    expect(health.score).not.toBeNull();
  });

  it('does not follow links out of the repository', async () => {
    const { body } = await get(`/repositories/${named('escaping').id}`);
    const { verdicts } = repositoryHealthSchema.parse(body);
    const of = (id: string) => verdicts.find(v => v.check.id === id)!;
    expect(of('readme').status).not.toBe('pass');
    expect(of('licence').status).not.toBe('pass');
    expect(JSON.stringify(verdicts)).not.toContain('root:');
  });

  it('reads names that are not UTF-8, or look like options', () => {
    expect(named('odd-names')).toMatchObject({ state: 'ready' });
  });

  it('executes nothing that a repository or an annotation names', () => {
    expect(named('hooked')).toMatchObject({ state: 'ready' });
    expect(existsSync(join(dir, 'pwned'))).toBe(false);
    expect(existsSync(join(process.cwd(), 'pwned'))).toBe(false);
    expect(readdirSync(dir).sort()).toEqual(
      expect.arrayContaining(['cache', 'fleet', 'secret']),
    );
  });
});

describe('what entities say', () => {
  const entity = async (name: string) => {
    const { body } = await get(`/entities/component/default/${name}`);
    return entityHealthSchema.parse(body);
  };

  it.each(['option', 'helper', 'climbing', 'outside', 'nonsense'])(
    'gives the annotation of %s a problem that names the key',
    async name => {
      const { repositoryId, problem } = await entity(name);
      expect(repositoryId).toBeNull();
      expect(problem).toMatchObject({
        code: 'invalid-annotation',
        message: expect.stringContaining('fettle.dev/repository'),
        action: expect.stringMatching(/\w+/),
      });
    },
  );

  it('tells two entities that they name the same place', async () => {
    for (const name of ['whole', 'rival']) {
      const { repositoryId, problem } = await entity(name);
      expect(repositoryId).toBe(named('shared').id);
      expect(problem).toMatchObject({ code: 'shared-place' });
    }
    expect((await entity('part')).problem).toBeNull();
  });

  it('judges the folder of an entity by itself', async () => {
    const health = await until(
      async () => {
        const { body } = await get(
          `/repositories/${named('shared').id}?subpath=api`,
        );
        return repositoryHealthSchema.safeParse(body).data;
      },
      value => (value?.verdicts.length ?? 0) > 0,
    );
    expect(health!.subpath).toBe('api');
    expect(health!.verdicts.find(v => v.check.id === 'readme')!.status).toBe(
      'pass',
    );
  });

  it('is unknown about a folder that is not there, and says so', async () => {
    const { body } = await get(
      `/repositories/${named('shared').id}?subpath=no/such`,
    );
    const { verdicts } = repositoryHealthSchema.parse(body);
    expect(verdicts.find(v => v.check.id === 'readme')).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining("'no/such' is not in the repository"),
    });
  });
});

describe('requests', () => {
  it.each([
    ['/repositories?limit=0', 400],
    ['/repositories?sort=colour', 400],
    ['/repositories?cursor=%00', 400],
    ['/repositories?state=fine', 400],
    ['/repositories/nope', 404],
    ['/repositories/nope/history', 404],
    ['/changes', 400],
    ['/changes?since=-1', 400],
    ['/entities/component/default/nope', 404],
  ])('%s is %d with a message', async (path, status) => {
    const { body } = await get(path).expect(status);
    expect(body.error.message).toMatch(/\w+ \w+/);
  });

  it('refuses who is not signed in', async () => {
    const { status } = await request(backend.server)
      .get('/api/fettle/repositories')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('publishes the description of the API to everyone', async () => {
    const { body } = await request(backend.server)
      .get('/api/fettle/openapi.json')
      .set('Authorization', mockCredentials.none.header())
      .expect(200);
    expect(body.paths['/repositories'].get.operationId).toBe(
      'listRepositories',
    );
  });

  it('reads a repository again when a push is reported, in any spelling of its remote', async () => {
    const path = join(fleet, 'healthy');
    rmSync(join(path, 'README.md'));
    git(path, 'add', '-A');
    git(path, 'commit', '-q', '-m', 'No README');
    const { body } = await request(backend.server)
      .post('/api/fettle/push')
      .set('Authorization', mockCredentials.service.header())
      .send({ remote: `file://${path}/` })
      .expect(202);
    expect(body).toEqual({ accepted: true, repositoryId: named('healthy').id });
    const before = named('healthy').score!;
    const after = await until(
      async () => (await list()).find(r => r.id === body.repositoryId)!,
      row => row.score !== before,
    );
    expect(after.score).toBeLessThan(before);
    await request(backend.server)
      .post('/api/fettle/push')
      .set('Authorization', mockCredentials.service.header())
      .send({ remote: 'https://elsewhere.example.org/x' })
      .expect(404);
  });
});
