import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { GitTagResolver } from '../pins/GitTagResolver';
import { ImageRegistry, parseImage } from '../pins/ImageRegistry';
import { pinActions } from './pinActions';
import { pinImages } from './pinImages';

const PATH = '.github/workflows/ci.yml';
const SHA = 'a'.repeat(40);
const resolver = {
  isConfigured: true,
  resolve: async (name: string, ref: string) =>
    name === 'actions/checkout' && ref === 'v4'
      ? { commit: SHA, version: 'v4.2.1' }
      : undefined,
};
const WORKFLOW = `on: push
jobs:
  test:
    steps:
      - uses: actions/checkout@v4
      - uses: "actions/checkout/sub@v4" # needed
      - uses: ./local
      - uses: actions/gone@v1
      - run: echo uses actions/checkout@v4
`;

playbookStepContract(pinActions(resolver), {
  sample: () => ({ files: { [PATH]: WORKFLOW } }),
});

it('names actions by commits, with the version beside them', async () => {
  const plan = (of: typeof resolver, trusted: string[] = []) =>
    pinActions(of).plan(planContext({ trusted }, { [PATH]: WORKFLOW }));
  const { files, notes } = await plan(resolver);
  expect(files![0].content).toBe(
    WORKFLOW.replace('checkout@v4\n', `checkout@${SHA} # v4.2.1\n`).replace(
      '"actions/checkout/sub@v4" # needed',
      `"actions/checkout/sub@${SHA}" # v4.2.1 needed`,
    ),
  );
  expect(notes!.join()).toMatch(/actions\/gone@v1/);
  const nobody = await plan({ ...resolver, isConfigured: false });
  expect(nobody).toMatchObject({ obstacles: [{ code: 'not-configured' }] });
  expect((await plan(resolver, ['actions'])).files).toEqual([]);
});

describe('tags of a real repository', () => {
  const root = mkdtempSync(join(tmpdir(), 'fettle-tags-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('are read with git, and stand for commits', async () => {
    const tags = new GitTagResolver([{ baseUrl: `file://${root}` }]);
    const { signal } = new AbortController();
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: join(root, 'acme', 'build'),
        env: {
          PATH: process.env.PATH,
          ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@x.test' },
          ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@x.test' },
        },
      })
        .toString()
        .trim();
    mkdirSync(join(root, 'acme', 'build'), { recursive: true });
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'First');
    git('tag', '-a', 'v1.2.3', '-m', 'One');
    git('tag', 'v1');
    const commit = git('rev-parse', 'HEAD');
    expect(await tags.resolve('acme/build', 'v1', { signal })).toEqual({
      ...{ commit, version: 'v1.2.3' },
    });
    for (const [name, ref] of [
      ...[
        ['acme/build', 'v9'],
        ['acme/..', 'v1'],
        ['--upload-pack=x', 'v1'],
      ],
      ...[
        ['acme/build', '--all'],
        ['acme/build', '../x'],
      ],
    ]) {
      expect(await tags.resolve(name, ref, { signal })).toBeUndefined();
    }
    const gone = new GitTagResolver([{ baseUrl: 'http://127.0.0.1:9' }]);
    await expect(gone.resolve('acme/build', 'v1', { signal })).rejects.toThrow(
      /could not be read/,
    );
  });
});

describe('images', () => {
  const digest = `sha256:${'b'.repeat(64)}`;
  let server: Server;
  let baseUrl: string;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer(({ method, url, headers }, response) => {
      asked.push(`${method} ${url} ${headers.authorization ?? ''}`.trim());
      if (url!.startsWith('/token')) {
        response.end(JSON.stringify({ token: 'pull-it' }));
      } else if (headers.authorization !== 'Bearer pull-it') {
        response.setHeader(
          'www-authenticate',
          `Bearer realm="${baseUrl}/token",service="images"`,
        );
        response.writeHead(401).end();
      } else if (url === '/v2/library/node/manifests/22') {
        response.setHeader('docker-content-digest', digest);
        response.end();
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as AddressInfo;
    baseUrl = `http://127.0.0.1:${port}`;
  });
  afterAll(
    () =>
      new Promise(done => {
        server.closeAllConnections();
        server.close(done);
      }),
  );

  const registry = () =>
    new ImageRegistry(
      new Map([['docker.io', { baseUrl, username: 'ada', token: 'secret' }]]),
    );
  const DOCKERFILE = `FROM --platform=linux/amd64 node:22 AS build
FROM build
FROM ghcr.io/acme/x:1
FROM node:\${VERSION}
FROM scratch
`;

  it('are named by what their registry says', async () => {
    const { files, notes } = await pinImages(registry()).plan(
      planContext({ paths: [] }, { 'api/Dockerfile': DOCKERFILE }),
    );
    expect(files).toEqual([
      {
        path: 'api/Dockerfile',
        content: DOCKERFILE.replace('node:22 AS', `node:22@${digest} AS`),
      },
    ]);
    expect(notes!.join()).toMatch(/ghcr\.io is no registry/);
    const basic = Buffer.from('ada:secret').toString('base64');
    expect(asked).toEqual([
      'HEAD /v2/library/node/manifests/22',
      `GET /token?scope=repository%3Alibrary%2Fnode%3Apull&service=images Basic ${basic}`,
      'HEAD /v2/library/node/manifests/22 Bearer pull-it',
    ]);
  });

  it.each([
    ['node', 'docker.io', 'library/node', 'latest'],
    ['acme/x:1', 'docker.io', 'acme/x', '1'],
    ['localhost:5000/a/b:c', 'localhost:5000', 'a/b', 'c'],
    ['ghcr.io/a/b', 'ghcr.io', 'a/b', 'latest'],
  ])('%s is of %s', (text, host, name, tag) => {
    expect(parseImage(text)).toEqual({ registry: host, name, tag });
  });

  it.each(['../x', 'a//b', 'A/b', 'x:y:z', 'a b', ''])('%j is none', text => {
    expect(parseImage(text)).toBeUndefined();
  });

  const fake = {
    knows: () => true,
    digest: async () => digest,
  } as unknown as ImageRegistry;
  playbookStepContract(pinImages(fake), {
    sample: () => ({ files: { Dockerfile: 'FROM node:22\n' } }),
  });
});
