import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { repositorySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import type { GitRepositorySource } from './GitRepositorySource';
import { git, GitFixtures, NOW } from './testing/GitFixtures';
import { GitHttpServer } from './testing/GitHttpServer';

const SECRET = 'pa55-w0rd-of-the-portal';
const AT = '2026-05-30T10:00:00.000Z';
const signal = new AbortController().signal;

let fixtures: GitFixtures;
let server: GitHttpServer;

async function start() {
  fixtures = new GitFixtures();
  server = await GitHttpServer.start(fixtures.repositories);
}

async function stop() {
  await fixtures.dispose();
  await server.stop();
}

describe('a mirrored remote', () => {
  repositorySourceContract(async () => {
    await start();
    const remotes: string[] = [];
    for (const name of ['ledger', 'other', 'empty', 'odd', 'gone']) {
      remotes.push(`${server.origin}/payments/${name}`);
    }
    const source = fixtures.source({ repositories: remotes });
    // Remotes cannot be watched from here; the schedule or a push tells.
    Object.assign(source, { watch: undefined });
    return {
      source,
      now: NOW,
      create: async name => {
        const repository = fixtures.create(name);
        return Object.assign(repository, { location: at(name) });
      },
      annotate: ({ remote }, subpath) => ({
        'fettle.dev/repository': subpath ? `${remote}#${subpath}` : remote,
      }),
      brokenAnnotations: {
        'fettle.dev/repository': 'https://elsewhere.example.com/a/b',
      },
      dispose: stop,
    };
  });
});

describe('a remote', () => {
  beforeEach(start);
  afterEach(stop);

  it('is asked once while nothing changes, and fetched when it does', async () => {
    const { source, repository } = await ledger();
    await source.snapshot(at('ledger'), { signal });
    const fetches = () =>
      server.requests.filter(({ url }) => url.includes('/git-upload-pack'))
        .length;
    const infoRefs = () =>
      server.requests.filter(({ url }) => url.includes('/info/refs')).length;

    const before = { fetches: fetches(), infoRefs: infoRefs() };
    await source.snapshot(at('ledger'), { signal });
    // Protocol 2 says what it can, then lists the refs that were asked for.
    expect(infoRefs() - before.infoRefs).toBe(1);
    expect(fetches() - before.fetches).toBe(1);

    const commit = await repository.commit({ at: AT, files: { b: 'b' } });
    const { head } = await source.snapshot(at('ledger'), { signal });
    expect(head?.commit).toBe(commit);
  });

  it('is never fetched twice at once', async () => {
    const { source } = await ledger();
    const snapshots = await Promise.all(
      [1, 2, 3].map(() => source.snapshot(at('ledger'), { signal })),
    );
    expect(new Set(snapshots.map(({ head }) => head?.commit)).size).toBe(1);
    const folders = readdirSync(fixtures.cacheDir);
    expect(folders).toHaveLength(1);
  });

  it('gets the credential of the configured address, which is in no file, address or message', async () => {
    requirePassword();
    await fixtures.create('ledger').commit({ at: AT, files: { a: 'a' } });
    const source = fixtures.source({
      repositories: [`http://portal:${SECRET}@${server.host}/ledger`],
    });
    const { repositories } = await source.discover({ signal });
    expect(repositories).toEqual([at('ledger')]);
    const { head } = await source.snapshot(repositories[0], { signal });
    expect(head).not.toBeNull();
    expect(
      execFileSync('find', [fixtures.cacheDir, '-type', 'f']).toString().trim(),
    ).not.toBe('');
    expect(() =>
      execFileSync('grep', ['-rl', SECRET, fixtures.cacheDir]),
    ).toThrow();
  });

  it('that refuses the credential is unauthorized, and the credential is not shown', async () => {
    requirePassword();
    await fixtures.create('ledger').commit({ at: AT });
    const wrong = `${SECRET}-old`;
    const source = fixtures.source({
      repositories: [`http://portal:${wrong}@${server.host}/ledger`],
    });
    const error = await failure(source, at('ledger'));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain(`${server.origin}/ledger`);
    expect(`${error.stack}${error.action}`).not.toContain(SECRET);
    expect(error.action).toContain('integrations');
  });

  it('without credentials that wants some is unauthorized', async () => {
    requirePassword();
    const { source } = await ledger();
    expect((await failure(source, at('ledger'))).code).toBe('unauthorized');
  });

  it('that redirects elsewhere does not take the credential along', async () => {
    const other = await GitHttpServer.start(fixtures.repositories);
    await fixtures.create('ledger').commit({ at: AT });
    server.intercept = (request, response) => {
      response
        .writeHead(302, { location: `${other.origin}${request.url}` })
        .end();
      return true;
    };
    const source = fixtures.source({
      repositories: [`http://portal:${SECRET}@${server.host}/ledger`],
    });
    const error = await failure(source, at('ledger'));
    await other.stop();
    expect(error.code).toBe('invalid');
    expect(other.requests).toEqual([]);
  });

  it('that knows the repository with .git at the end only is read', async () => {
    const { source } = await ledger();
    server.intercept = (request, response) => {
      if (request.url!.startsWith('/ledger.git/')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { head } = await source.snapshot(at('ledger'), { signal });
    expect(head).not.toBeNull();
  });

  it.each([
    [404, 'not-found'],
    [403, 'unauthorized'],
    [429, 'rate-limited'],
    [503, 'unreachable'],
  ])('that answers %i is %s', async (status, code) => {
    const { source } = await ledger();
    server.intercept = (_, response) => {
      response.writeHead(status).end();
      return true;
    };
    expect((await failure(source, at('ledger'))).code).toBe(code);
  });

  it('that answers with a page is no Git server', async () => {
    const { source } = await ledger();
    server.intercept = (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html>Please sign in</html>');
      return true;
    };
    const error = await failure(source, at('ledger'));
    expect(error.code).toBe('corrupt');
    expect(error.action).toContain('login page');
  });

  it('that breaks off in the middle is unreachable, and read when it is well', async () => {
    const { source } = await ledger();
    server.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(200, {
        'content-type': 'application/x-git-upload-pack-result',
        'content-length': '1000',
      });
      response.write('0008');
      setTimeout(() => response.destroy(), 20);
      return true;
    };
    expect((await failure(source, at('ledger'))).code).toBe('unreachable');
    server.intercept = () => false;
    const { head } = await source.snapshot(at('ledger'), { signal });
    expect(head).not.toBeNull();
  });

  it('that never answers is given up in time', async () => {
    const { source } = await ledger({ checkTimeout: '300ms' });
    server.intercept = () => true;
    const started = Date.now();
    const error = await failure(source, at('ledger'));
    expect(error.code).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(4_000);
  });

  it('on which nobody listens is unreachable', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => {
      listener.once('listening', resolve);
    });
    const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
    await new Promise(resolve => {
      listener.close(resolve);
    });
    const source = fixtures.source({ repositories: [`http://${host}/ledger`] });
    const [location] = (await source.discover({ signal })).repositories;
    const error = await failure(source, location);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(host);
  });

  it('that is cut itself gives a shallow snapshot', async () => {
    const full = fixtures.create('full');
    for (const name of ['1', '2', '3']) {
      await full.commit({ at: AT, files: { name } });
    }
    git(fixtures.repositories, [
      'clone',
      '-q',
      '--bare',
      '--depth=1',
      full.location.remote.concat('.git'),
      'ledger.git',
    ]);
    const source = fixtures.source({
      repositories: [`${server.origin}/ledger`],
    });
    const snapshot = await source.snapshot(at('ledger'), { signal });
    expect(snapshot.shallow).toBe(true);
    expect(snapshot.recent).toBeUndefined();
    expect(snapshot.head).not.toBeNull();
  });

  it('larger than the limit is given up', async () => {
    const { source, repository } = await ledger({ maxMirrorMegabytes: 1 });
    const noise = randomBytes(4 * 1024 * 1024);
    await repository.commit({ at: AT, files: { noise } });
    server.intercept = (_, response) => {
      const end = response.end.bind(response);
      response.end = ((body: Buffer) => {
        if (body.length < noise.length) return end(body);
        // The last byte is never sent: the guard has to end it.
        response.write(body.subarray(0, -1));
        return response;
      }) as typeof response.end;
      return false;
    };
    const error = await failure(source, at('ledger'));
    expect(error.code).toBe('too-large');
    expect(error.action).toContain('maxMirrorMegabytes');
  });

  it('is fetched again after a crash left locks behind', async () => {
    const { source, repository } = await ledger();
    await source.snapshot(at('ledger'), { signal });
    const mirror = mirrorFolder();
    for (const file of [
      'HEAD.lock',
      'packed-refs.lock',
      'refs/heads/main.lock',
    ]) {
      writeFileSync(path.join(mirror, file), '');
    }
    writeFileSync(path.join(mirror, 'objects/pack/tmp_pack_x'), 'half');
    // A process with this number is not there: numbers end at 2^22.
    writeFileSync(`${mirror}.lock`, `${hostname()} 99999999 1`);

    const commit = await repository.commit({ at: AT, files: { b: 'b' } });
    const { head } = await source.snapshot(at('ledger'), { signal });
    expect(head?.commit).toBe(commit);
    expect(readdirSync(path.join(mirror, 'objects/pack'))).not.toContain(
      'tmp_pack_x',
    );
  });

  it.each([
    [
      'without its refs',
      (mirror: string) => rmSync(`${mirror}/refs`, { recursive: true }),
    ],
    ['with a broken object', (mirror: string) => breakObjects(mirror)],
    [
      'without objects',
      (mirror: string) => rmSync(`${mirror}/objects`, { recursive: true }),
    ],
    [
      'with a broken config',
      (mirror: string) => writeFileSync(`${mirror}/config`, '[[['),
    ],
  ])('is fetched anew where its mirror is %s', async (_, damage) => {
    const { source, repository } = await ledger();
    const commit = await repository.commit({ at: AT, files: { b: 'b' } });
    await source.snapshot(at('ledger'), { signal });
    damage(mirrorFolder());
    const { head } = await source.snapshot(at('ledger'), { signal });
    expect(head?.commit).toBe(commit);
    const tree = await source.readTree(at('ledger'), commit, { signal });
    expect((await tree.read(['b'])).get('b')?.text).toBe('b');
  });

  it('whose mirror was deleted is read all the same', async () => {
    const { source } = await ledger();
    const { head } = await source.snapshot(at('ledger'), { signal });
    rmSync(fixtures.cacheDir, { recursive: true });
    const tree = await source.readTree(at('ledger'), head!.commit, { signal });
    expect(await tree.list()).toHaveLength(1);
  });
});

function at(name: string): RepositoryLocation {
  return { remote: `${server.origin}/${name}`, name, host: server.host };
}

async function ledger(config: object = {}) {
  const repository = fixtures.create('ledger');
  await repository.commit({ at: AT, files: { a: 'a' } });
  const source = fixtures.source({
    repositories: [`${server.origin}/ledger`],
    ...config,
  });
  return { source, repository };
}

async function failure(
  source: GitRepositorySource,
  location: RepositoryLocation,
): Promise<SourceError> {
  const error = await source.snapshot(location, { signal }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error as SourceError;
}

function requirePassword() {
  const expected = `Basic ${Buffer.from(`portal:${SECRET}`).toString(
    'base64',
  )}`;
  server.intercept = (request, response) => {
    if (request.headers.authorization === expected) return false;
    response
      .writeHead(401, { 'www-authenticate': 'Basic realm="git"' })
      .end('Unauthorized');
    return true;
  };
}

function mirrorFolder(): string {
  const [name] = readdirSync(fixtures.cacheDir).filter(each =>
    each.endsWith('.git'),
  );
  return path.join(fixtures.cacheDir, name);
}

function breakObjects(mirror: string) {
  const files = execFileSync('find', [
    path.join(mirror, 'objects'),
    '-type',
    'f',
  ])
    .toString()
    .trim()
    .split('\n');
  for (const file of files) {
    const bytes = readFileSync(file);
    execFileSync('chmod', ['u+w', file]);
    writeFileSync(file, bytes.fill(0x42, Math.floor(bytes.length / 2)));
  }
}
