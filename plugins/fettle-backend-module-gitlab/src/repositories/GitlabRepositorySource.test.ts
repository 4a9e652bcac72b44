import {
  AccessLevel,
  type DeployKeySchema,
  type SimpleMemberSchema,
} from '@gitbeaker/core';
import { json } from '../testing/answers';
import { FakeHost } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor } from '../testing/sourceFor';

// Git is run for each commit; a busy machine takes its time.
jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';

let host: FakeHost;
let repository: HostedRepository;
beforeEach(async () => {
  host = await FakeHost.start();
  repository = host.create('payments/core/ledger');
});
afterEach(() => host.stop());

const source = () => sourceFor(host).source;
const snapshot = () => source().snapshot(repository.location, { signal });

describe('a snapshot', () => {
  beforeEach(async () => {
    await repository.commit({ at: AT });
  });

  it('tells of open merge requests and of an archive', async () => {
    repository.settings.requests = [AT, '2026-05-02T12:00:00Z'];
    repository.settings.project.archived = true;
    expect(await snapshot()).toMatchObject({
      openChanges: { count: 2, oldestAt: AT },
      archived: true,
    });
    repository.settings.requests = [];
    expect((await snapshot()).openChanges).toEqual({
      ...{ count: 0, oldestAt: null },
    });
  });

  it('leaves out what the credentials may not see', async () => {
    repository.settings.requests = null;
    const { openChanges, head } = await snapshot();
    expect(head).not.toBeNull();
    expect(openChanges).toBeUndefined();
  });

  it.each([
    ['nothing', { protected: false }, null, {}, { protected: false }],
    [
      'a rule that may not be seen',
      { protected: true },
      null,
      {
        approvals_before_merge: undefined,
        only_allow_merge_if_pipeline_succeeds: undefined,
      },
      { protected: true, deletions: false },
    ],
    [
      'a rule, approvals and green pipelines',
      { protected: true },
      { name: 'main', allow_force_push: true },
      {
        ...{ approvals_before_merge: 2 },
        only_allow_merge_if_pipeline_succeeds: true,
      },
      {
        ...{ protected: true, deletions: false, forcePushes: true },
        ...{ reviews: 2, requiredChecks: ['pipeline'] },
      },
    ],
  ])('tells of protection by %s', async (_, branch, rule, settings, told) => {
    Object.assign(repository.settings, { branch, rule });
    Object.assign(repository.settings.project, settings);
    expect((await snapshot()).protection).toEqual(told);
  });

  it('counts branches, commits and authors over many pages', async () => {
    host.most = 10;
    for (let i = 0; i < 25; i++) {
      const email = `${i % 7}@example.com`;
      await repository.commit({ at: AT, author: { name: 'N', email } });
      await repository.commit({ branch: `b/${i}`, at: AT });
    }
    const { recent, branchCount, branches } = await snapshot();
    expect(recent).toEqual({ commits: 26, authors: 8 });
    expect([branchCount, branches.length]).toEqual([26, 26]);
    const merged = branches.filter(branch => branch.merged);
    expect(merged.map(({ name }) => name)).toEqual(['main']);
  });

  it('takes a branch that does not differ from the default one for merged', async () => {
    const head = repository.find('main');
    await repository.commit({ branch: 'same', at: AT, merge: 'main' });
    const { branches } = await snapshot();
    expect(branches.find(({ commit }) => commit === head)?.merged).toBe(true);
  });
});

describe('a tree', () => {
  it('of many files takes sizes from the archive, and asks for what that leaves out', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2_001 }, (_, i) => [`f${i}`, 'x'.repeat(i % 9)]),
    );
    const commit = await repository.commit({
      at: AT,
      files: {
        ...{ ...files, '.gitattributes': 'out export-ignore\n', out: 'five!' },
        link: { symlink: 'out' },
      },
    });
    host.recorded.length = 0;
    const tree = await source().readTree(repository.location, commit, {
      signal,
    });
    const sizes = new Map(
      (await tree.list()).map(({ path, size }) => [path, size]),
    );
    expect(sizes.size).toBe(2_004);
    expect(['f8', 'f2000', 'out', 'link'].map(path => sizes.get(path))).toEqual(
      [8, 2, 5, 3],
    );
    const kinds = host.recorded.map(
      each => /(tree|archive|graphql)/.exec(each)?.[1],
    );
    expect(kinds.filter(kind => kind !== 'tree')).toEqual([
      ...['archive', 'graphql'],
    ]);
  });

  it('gives a hundred texts for one request, and others byte for byte', async () => {
    const commit = await repository.commit({
      at: AT,
      files: {
        ...Object.fromEntries(
          Array.from({ length: 100 }, (_, i) => [`f${i}`, `text ${i}`]),
        ),
        latin: Buffer.from([0x68, 0xe4, 0x0a]),
      },
    });
    const tree = await source().readTree(repository.location, commit, {
      signal,
    });
    const paths = (await tree.list()).map(({ path }) => path);
    host.recorded.length = 0;
    const files = await tree.read(paths);
    expect(files.get('f99')?.text).toBe('text 99');
    expect(files.get('latin')?.text).toBe('h\uFFFD\n');
    expect(host.recorded).toEqual([
      ...['POST /api/graphql', 'POST /api/graphql'],
      expect.stringMatching(/\/repository\/blobs\/[0-9a-f]{40}\/raw$/),
    ]);
  });
});

describe('a commit', () => {
  const read = (commit: string, since?: string) =>
    source().readCommit(repository.location, commit, { signal, since });

  it('tells what differs from another, and is not complete where that is gone', async () => {
    const since = await repository.commit({ at: AT });
    const parent = await repository.commit({
      ...{ at: AT, files: { a: 'x', b: 'x' } },
    });
    const commit = await repository.commit({ at: AT, files: { a: null } });
    expect(await read(commit, since)).toMatchObject({
      ...{ paths: ['b'], parents: [parent], complete: true },
    });
    expect(await read(commit, commit)).toMatchObject({
      ...{ paths: [], complete: true },
    });
    for (const odd of ['0'.repeat(40), 'main', '../../user']) {
      expect(await read(commit, odd)).toMatchObject({
        ...{ paths: ['a'], complete: false },
      });
    }
  });

  it('that touched more files than are told is not complete', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_001 }, (_, i) => [`f${i}`, 'x']),
    );
    const { paths, complete } = await read(
      await repository.commit({ at: AT, files }),
    );
    expect([paths.length, complete]).toEqual([3_000, false]);
  });
});

describe('access', () => {
  const member = (
    id: number,
    username: string,
    level: SimpleMemberSchema['access_level'],
  ): Partial<SimpleMemberSchema> => ({ id, username, access_level: level });
  const key = (id: number, title: string, push: boolean) => {
    const told: Partial<DeployKeySchema> = {
      ...{ id, title, can_push: push, key: 'ssh-ed25519 AAAA' },
    };
    return told;
  };
  const members = json([
    member(1, 'ada', AccessLevel.OWNER),
    member(2, 'bob', AccessLevel.MAINTAINER),
    member(3, 'eve', AccessLevel.DEVELOPER),
  ]);
  const keys = json([key(7, 'ci', false), key(8, 'robot', true)]);
  const hidden = { status: 403, body: '{"message":"403 Forbidden"}' };
  const read = () => source().readAccess(repository.location, { signal });

  it('is told of those who maintain it and of keys, without the keys', async () => {
    host.instead.push([/\/members\/all\?/, members]);
    host.instead.push([/\/deploy_keys\?/, keys]);
    expect(await read()).toEqual({
      maintainers: [
        { id: '1', name: 'ada', level: 'owner' },
        { id: '2', name: 'bob', level: 'maintainer' },
      ],
      deployKeys: [
        { id: '7', title: 'ci', canWrite: false },
        { id: '8', title: 'robot', canWrite: true },
      ],
    });
  });

  it('is not told where it is not shown, or not all of it', async () => {
    const next = `<${host.url}/x?page=2>; rel="next"`;
    host.instead.push([
      /\/members\/all\?/,
      { ...members, headers: { link: next } },
    ]);
    host.instead.push([/\/deploy_keys\?/, hidden]);
    expect(await read()).toEqual({});
  });

  it('is no empty list where the host fails, or answers with something else', async () => {
    host.instead.push([/\/members\/all\?/, members]);
    host.instead.push([/\/deploy_keys\?/, json([{ id: 7 }])]);
    await expect(read()).rejects.toThrow('gitlab.example.com');
  });
});

describe('discovery', () => {
  const discover = (groups: string[]) =>
    sourceFor(host, { groups }).source.discover({ signal });

  it('lists all repositories of a group and its subgroups, once, page by page', async () => {
    host.most = 20;
    for (let i = 0; i < 60; i++) host.create(`payments/r${i}`);
    const found = await discover(['payments', 'payments/core']);
    expect(found.repositories).toHaveLength(61);
    expect(found.problems).toEqual([]);
    expect(host.recorded[0]).toContain('include_subgroups=true');
  });

  it('says what cannot be listed, and lists the others', async () => {
    const { repositories, problems } = await discover(['none', 'payments']);
    expect(repositories).toEqual([repository.location]);
    expect(problems).toEqual([
      {
        where: expect.stringContaining('none'),
        message: expect.stringContaining('none'),
        action: expect.any(String),
      },
    ]);
  });
});

it('reads only hosts of fettle.gitlab.hosts', () => {
  const reads = (remote: string) =>
    source().reads({ ...repository.location, remote });
  expect(reads('https://gitlab.example.com/a/b')).toBe(true);
  expect(reads('https://gitlab.example.com/a/b/c/d')).toBe(true);
  expect(reads('https://gitlab.com/a/b')).toBe(false);
  expect(reads('https://gitlab.example.com/a')).toBe(false);
  expect(reads('file:///gitlab.example.com/a/b')).toBe(false);
});

it('asks a host by the path under which it is served', async () => {
  const { source: served } = sourceFor({
    ...{ name: host.url.slice('http://'.length), url: `${host.url}/forge` },
  });
  const remote = `${host.url}/forge/a/b`;
  const location = { ...repository.location, remote };
  expect(served.reads(location)).toBe(true);
  expect(served.reads({ ...location, remote: `${host.url}/a/b` })).toBe(false);
  await served.snapshot(location, { signal }).catch(() => undefined);
  expect(host.recorded[0]).toBe('GET /forge/projects/a%2Fb');
});
