import type {
  DeployKey,
  RepoCollaboratorPermission,
  User,
} from '@llamaduck/forgejo-ts';
import { json, pageOf, type Answer } from '../testing/answers';
import { FakeHost } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { sourceFor } from '../testing/sourceFor';

// Git is run for each commit; a busy machine takes its time.
jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';
const OLD = '2025-01-01T12:00:00.000Z';

let host: FakeHost;
let repository: HostedRepository;
beforeEach(async () => {
  host = await FakeHost.start();
  repository = host.create('payments/ledger');
});
afterEach(() => host.stop());

const source = () => sourceFor(host).source;
const snapshot = () => source().snapshot(repository.location, { signal });

describe('a snapshot', () => {
  beforeEach(async () => {
    await repository.commit({ at: AT });
  });

  it('takes five requests', async () => {
    await snapshot();
    expect(host.recorded).toHaveLength(5);
  });

  it('tells of open pull requests and of an archive', async () => {
    repository.settings.pullRequests = [AT, '2026-05-02T12:00:00Z'];
    repository.settings.archived = true;
    expect(await snapshot()).toMatchObject({
      openChanges: { count: 2, oldestAt: AT },
      archived: true,
    });
    repository.settings.pullRequests = [];
    expect((await snapshot()).openChanges).toEqual({
      ...{ count: 0, oldestAt: null },
    });
  });

  it('leaves out what the credentials may not see', async () => {
    repository.settings.pullRequests = null;
    const { openChanges, head } = await snapshot();
    expect(head).not.toBeNull();
    expect(openChanges).toBeUndefined();
  });

  it.each([
    ['nothing', { protected: false }, null, { protected: false }],
    [
      'a rule that is hidden',
      { protected: true, required_approvals: 2, enable_status_check: false },
      null,
      {
        ...{ protected: true, reviews: 2, requiredChecks: [] },
        deletions: false,
      },
    ],
    [
      'a rule that names checks',
      {
        ...{ protected: true, required_approvals: 0 },
        ...{ enable_status_check: true, status_check_contexts: ['ci/*'] },
        effective_branch_protection_name: 'ma*/n',
      },
      { rule_name: 'ma*/n', enable_force_push: true },
      {
        ...{ protected: true, reviews: 0, requiredChecks: ['ci/*'] },
        ...{ deletions: false, forcePushes: true },
      },
    ],
    [
      'a rule of a host that knows no force',
      { protected: true, effective_branch_protection_name: 'main' },
      { rule_name: 'main' },
      {
        ...{ protected: true, reviews: 0, requiredChecks: [] },
        ...{ deletions: false, forcePushes: false },
      },
    ],
    [
      'a rule that only admins see',
      { protected: true, effective_branch_protection_name: 'main' },
      null,
      {
        ...{ protected: true, reviews: 0, requiredChecks: [] },
        deletions: false,
      },
    ],
  ])('tells of protection by %s', async (_, protection, rule, told) => {
    Object.assign(repository.settings, { protection, rule });
    expect((await snapshot()).protection).toEqual(told);
  });

  it('counts commits and authors over many pages, however few the host gives', async () => {
    host.limits.page = 25;
    for (let i = 0; i < 60; i++) {
      const email = `${i % 7}@example.com`;
      await repository.commit({ at: AT, author: { name: 'N', email } });
    }
    expect((await snapshot()).recent).toEqual({ commits: 61, authors: 8 });
  });

  it('reads no further than the time that counts', async () => {
    const long = host.create('payments/long');
    for (let i = 0; i < 60; i++) await long.commit({ at: OLD });
    await long.commit({ at: AT });
    const { recent } = await source().snapshot(long.location, { signal });
    expect(recent).toEqual({ commits: 1, authors: 1 });
    const lists = host.recorded.filter(each => /\/commits\?/.test(each));
    expect(lists).toHaveLength(1);
  });

  it('reads more branches than the host gives at once', async () => {
    host.limits.page = 20;
    for (let i = 0; i < 45; i++) {
      const at = `2026-05-02T12:${String(i).padStart(2, '0')}:00.000Z`;
      await repository.commit({ branch: `b/${i}`, at });
    }
    const { branches, branchCount } = await snapshot();
    expect([branches.length, branchCount]).toEqual([46, 46]);
    const times = branches.map(({ committedAt }) => committedAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(
      branches.every(({ merged, name }) => merged === (name === 'main')),
    ).toBe(true);
  });

  it('asks whether branches that rest are merged, and not for too many', async () => {
    const old = host.create('payments/old');
    host.limits.page = 10;
    await old.commit({ at: OLD });
    for (let i = 0; i < 33; i++) {
      const branch = `b${i}`;
      await old.commit({ branch, at: OLD, message: branch });
    }
    await old.commit({ at: OLD, merge: 'b0' });
    for (let i = 0; i < 10; i++) await old.commit({ at: OLD });
    for (let i = 0; i < 5; i++) await old.commit({ at: AT });
    const { branches } = await source().snapshot(old.location, { signal });
    const merged = new Map(branches.map(each => [each.name, each.merged]));
    expect(merged.get('main')).toBe(true);
    const counts = [true, false, undefined].map(
      each => [...merged.values()].filter(one => one === each).length,
    );
    expect(merged.get('b0')).toBe(true);
    expect(counts).toEqual([2, 29, 3]);
  });

  it('tells of a default branch with a slash', async () => {
    await repository.commit({ branch: 'release/1', at: AT });
    await repository.setDefaultBranch('release/1');
    expect((await snapshot()).defaultBranch).toBe('release/1');
  });
});

describe('a commit', () => {
  const read = (commit: string, since?: string) =>
    source().readCommit(repository.location, commit, { signal, since });

  it('tells what was touched since another, over many pages', async () => {
    host.limits.page = 10;
    const since = await repository.commit({ at: AT });
    let [parent, commit] = ['', ''];
    for (let i = 0; i < 25; i++) {
      parent = commit;
      commit = await repository.commit({ at: AT, files: { [`f${i}`]: 'x' } });
    }
    const { paths, parents, complete } = await read(commit, since);
    expect([paths.length, complete]).toEqual([25, true]);
    expect(parents).toEqual([parent]);
    expect(await read(commit, commit)).toMatchObject({
      ...{ paths: [], complete: true },
    });
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

  it('of a rewritten branch is not complete', async () => {
    const base = await repository.commit({ at: AT, files: { a: '1' } });
    const lost = await repository.commit({
      ...{ branch: 'x', at: AT, files: { b: '1' } },
    });
    const commit = await repository.commit({ at: AT, files: { c: '1' } });
    const again = await repository.commit({ at: AT, files: { d: '1' } });
    expect(await read(again, base)).toMatchObject({
      ...{ paths: ['c', 'd'], complete: true },
    });
    expect((await read(again, lost)).complete).toBe(false);
    expect((await read(base, again)).complete).toBe(false);
    expect(await read(again, commit)).toMatchObject({
      ...{ paths: ['d'], complete: true },
    });
    for (const odd of ['0'.repeat(40), 'main', '../../user']) {
      expect((await read(again, odd)).complete).toBe(false);
    }
  });
});

describe('discovery', () => {
  const discover = (organizations: string[]) =>
    sourceFor(host, { organizations }).source.discover({ signal });

  it('lists all repositories of an organization, page by page', async () => {
    for (let i = 0; i < 60; i++) host.create(`payments/r${i}`);
    const { repositories, problems } = await discover(['payments']);
    expect(repositories).toHaveLength(61);
    expect(problems).toEqual([]);
  });

  it('lists those of a person', async () => {
    host.people.add('payments');
    const { repositories } = await discover(['payments']);
    expect(repositories).toEqual([repository.location]);
  });

  it('says what cannot be listed, and lists the others', async () => {
    host.instead.push([/\/orgs\/closed\//, { status: 403, body: '{}' }]);
    const { repositories, problems } = await discover(['closed', 'payments']);
    expect(repositories).toEqual([repository.location]);
    expect(problems).toEqual([
      {
        where: expect.stringContaining('closed'),
        message: expect.stringContaining('closed'),
        action: expect.any(String),
      },
    ]);
  });
});

it('reads only hosts of fettle.gitea.hosts', () => {
  const reads = (remote: string) =>
    source().reads({ ...repository.location, remote });
  expect(reads('https://gitea.example.com/a/b')).toBe(true);
  expect(reads('https://gitea.com/a/b')).toBe(false);
  expect(reads('https://gitea.example.com/a')).toBe(false);
  expect(reads('https://gitea.example.com/a/b/c')).toBe(false);
  expect(reads('file:///gitea.example.com/a/b')).toBe(false);
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
  expect(host.recorded[0]).toBe('GET /forge/repos/a/b');
});

describe('access', () => {
  const people: User[] = [
    { id: 3, login: 'ada' },
    { id: 4, login: 'bob' },
  ];
  const keys: DeployKey[] = [
    { id: 7, title: 'ci', read_only: true, key: 'ssh-ed25519 AAAA' },
    { id: 8, title: 'robot', read_only: false, key: 'ssh-ed25519 BBBB' },
  ];
  const permission = (level: string) =>
    json<RepoCollaboratorPermission>({ permission: level });
  const answers: [RegExp, Answer][] = [
    [/ada\/permission$/, permission('admin')],
    [/bob\/permission$/, permission('write')],
    [/\/collaborators\?/, pageOf(people, new URLSearchParams())],
    [/\/keys\?/, pageOf(keys, new URLSearchParams())],
  ];
  const read = () => source().readAccess(repository.location, { signal });

  it('is told of those who maintain it and of keys, without the keys', async () => {
    host.instead.push(...answers);
    expect(await read()).toEqual({
      maintainers: [{ id: '3', name: 'ada', level: 'admin' }],
      deployKeys: [
        { id: '7', title: 'ci', canWrite: false },
        { id: '8', title: 'robot', canWrite: true },
      ],
    });
  });

  it('is not told where it is not all shown', async () => {
    const hidden = { status: 403, body: '{"message":"forbidden"}' };
    host.instead.push([/ada\/permission$/, hidden], ...answers);
    const access = await read();
    expect(access.maintainers).toBeUndefined();
    expect(access.deployKeys).toHaveLength(2);
    host.instead.splice(0);
    expect(await read()).toEqual({});
  });

  it('is no empty list where the host fails, or answers with something else', async () => {
    host.instead.push([/\/keys\?/, { status: 500, body: '{}' }], ...answers);
    await expect(read()).rejects.toThrow('gitea.example.com');
    host.instead.unshift([/\/keys\?/, json([{ id: 7 }])]);
    await expect(read()).rejects.toThrow('gitea.example.com');
  });
});
