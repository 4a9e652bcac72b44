import type { HostedRepository } from '../testing/HostedRepository';
import { FakeHost } from '../testing/FakeHost';
import { sourceFor } from '../testing/sourceFor';

// Git is run for each commit; a busy machine takes its time.
jest.setTimeout(180_000);

const { signal } = new AbortController();
const AT = '2026-05-01T12:00:00.000Z';

let host: FakeHost;
let repository: HostedRepository;
beforeEach(async () => {
  host = await FakeHost.start();
  repository = host.create('payments/ledger');
});
afterEach(() => host.stop());

const source = () => sourceFor(host).source;
const snapshot = () => source().snapshot(repository.location, { signal });
const treeOf = async (commit: string) =>
  source().readTree(repository.location, commit, { signal });

describe('a snapshot', () => {
  beforeEach(async () => {
    await repository.commit({ at: AT });
  });

  it('takes four requests', async () => {
    await snapshot();
    expect(host.queries).toHaveLength(2);
    expect(host.recorded).toHaveLength(2);
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
    repository.settings.rules = null;
    host.instead.push([/\/branches\/main$/, { status: 403, body: '{}' }]);
    const found = await snapshot();
    expect(found.head).not.toBeNull();
    expect(found).not.toHaveProperty('openChanges');
    expect(found).not.toHaveProperty('protection');
  });

  it.each([
    ['nothing', {}, { protected: false }],
    [
      'the branch itself',
      {
        protected: true,
        updateRule: {
          requiredApprovingReviewCount: 2,
          requiredStatusCheckContexts: ['ci'],
          allowsForcePushes: false,
          allowsDeletions: true,
        },
      },
      {
        ...{ protected: true, reviews: 2, requiredChecks: ['ci'] },
        ...{ forcePushes: false, deletions: true },
      },
    ],
    [
      'the branch, hidden from the credentials',
      { protected: true },
      { protected: true },
    ],
    [
      'a ruleset',
      {
        rules: [
          { type: 'non_fast_forward' },
          {
            type: 'pull_request',
            parameters: { required_approving_review_count: 1 },
          },
          {
            type: 'required_status_checks',
            parameters: { required_status_checks: [{ context: 'build' }] },
          },
        ],
      },
      {
        ...{ protected: true, reviews: 1, requiredChecks: ['build'] },
        ...{ forcePushes: false, deletions: true },
      },
    ],
    [
      'a ruleset and the branch, of which the stricter counts',
      {
        protected: true,
        updateRule: {
          ...{ requiredApprovingReviewCount: 1, allowsForcePushes: true },
          ...{ requiredStatusCheckContexts: ['ci'], allowsDeletions: true },
        },
        rules: [
          { type: 'deletion' },
          {
            type: 'pull_request',
            parameters: { required_approving_review_count: 2 },
          },
        ],
      },
      {
        ...{ protected: true, reviews: 2, requiredChecks: ['ci'] },
        ...{ forcePushes: true, deletions: false },
      },
    ],
    [
      'a rule that protects nothing',
      { rules: [{ type: 'commit_message_pattern', parameters: {} }] },
      { protected: false },
    ],
  ])('tells of protection by %s', async (_, settings, protection) => {
    Object.assign(repository.settings, settings);
    expect((await snapshot()).protection).toEqual(protection);
  });

  it('counts commits and authors over many pages', async () => {
    for (let i = 0; i < 120; i++) {
      const email = `${i % 7}@example.com`;
      await repository.commit({ at: AT, author: { name: 'N', email } });
    }
    expect((await snapshot()).recent).toEqual({ commits: 121, authors: 8 });
  });

  it('reads more than a hundred branches', async () => {
    for (let i = 0; i < 101; i++) {
      const at = `2026-05-02T12:${String(i % 60).padStart(2, '0')}:00.000Z`;
      await repository.commit({ branch: `b${i}`, at });
    }
    const { branches, branchCount } = await snapshot();
    expect([branches.length, branchCount]).toEqual([102, 102]);
    const times = branches.map(({ committedAt }) => committedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('does without comparing branches where the host takes too long for it', async () => {
    host.tooSlow = ({ compare }) => compare === true;
    const { branches } = await snapshot();
    expect(branches).toMatchObject([{ name: 'main' }]);
    expect(branches[0].merged).toBeUndefined();
  });
});

describe('a tree', () => {
  it('is read folder by folder where the host cuts it', async () => {
    const files = Object.fromEntries(
      ['a/1', 'a/b/2', 'a/b/3', 'c/d/4', '5'].map(path => [path, path]),
    );
    const commit = await repository.commit({ at: AT, files });
    host.truncateTreesOver = 3;
    const tree = await treeOf(commit);
    const paths = (await tree.list()).map(({ path }) => path);
    expect(paths).toEqual(['5', 'a/1', 'a/b/2', 'a/b/3', 'c/d/4']);
    expect((await tree.read(['a/b/3'])).get('a/b/3')?.text).toBe('a/b/3');
  });

  it('is too large where a single folder is cut', async () => {
    const commit = await repository.commit({ at: AT, files: { a: 'a' } });
    const body = JSON.stringify({ truncated: true, tree: [] });
    host.instead.push([/\/git\/trees\//, { status: 200, body }]);
    await expect(treeOf(commit)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('reads many files in few requests', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`f${i}`, `text ${i}`]),
    );
    const commit = await repository.commit({ at: AT, files });
    const tree = await treeOf(commit);
    const before = host.recorded.length + host.queries.length;
    const found = await tree.read(Object.keys(files));
    expect(found.get('f119')?.text).toBe('text 119');
    expect(host.recorded.length + host.queries.length - before).toBe(3);
  });

  it('finds lines in what its archive leaves out', async () => {
    const commit = await repository.commit({
      at: AT,
      files: {
        '.gitattributes': 'hidden/* export-ignore\n',
        'hidden/a.txt': 'x\n<<<<<<< a\n',
        'shown.txt': '<<<<<<< b\n',
      },
    });
    const { lines, complete } = await (await treeOf(commit)).findLines(['<<<']);
    expect(lines.map(({ path, line }) => [path, line])).toEqual([
      ['hidden/a.txt', 2],
      ['shown.txt', 1],
    ]);
    expect(complete).toBe(true);
  });

  it('says that its archive broke off', async () => {
    const files = { 'a.txt': '<<<<<<< a\n'.repeat(1_000) };
    const commit = await repository.commit({ at: AT, files });
    const tree = await treeOf(commit);
    host.cutArchivesAt = 60;
    await expect(tree.findLines(['<'])).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(repository.location.remote),
    });
  });
});

describe('a commit', () => {
  it('that touched more files than GitHub tells of is not complete', async () => {
    const since = await repository.commit({ at: AT });
    await repository.commit({ at: AT });
    const files = Object.fromEntries(
      Array.from({ length: 310 }, (_, i) => [`f${i}`, 'x']),
    );
    const commit = await repository.commit({ at: AT, files });
    const read = (options: { since?: string }) =>
      source().readCommit(repository.location, commit, { signal, ...options });
    const own = await read({});
    expect([own.paths.length, own.complete]).toEqual([310, true]);
    const compared = await read({ since });
    expect([compared.paths.length, compared.complete]).toEqual([300, false]);
  });

  it('of a rewritten branch is not complete', async () => {
    const base = await repository.commit({ at: AT, files: { a: '1' } });
    const lost = await repository.commit({
      branch: 'x',
      at: AT,
      files: { b: '1' },
    });
    const commit = await repository.commit({ at: AT, files: { c: '1' } });
    const again = await repository.commit({ at: AT, files: { d: '1' } });
    const read = (since: string) =>
      source().readCommit(repository.location, again, { signal, since });
    expect(await read(base)).toMatchObject({
      ...{ paths: ['c', 'd'], parents: [commit] },
      complete: true,
    });
    expect((await read(lost)).complete).toBe(false);
    expect(await read(commit)).toMatchObject({ paths: ['d'], complete: true });
    expect((await read('0'.repeat(40))).complete).toBe(false);
  });

  it('tells what its history has', async () => {
    const base = await repository.commit({ at: AT, files: { a: '1' } });
    const lost = await repository.commit({ branch: 'x', at: AT });
    const commit = await repository.commit({ at: AT, files: { c: '1' } });
    const has = (other: string) =>
      source().contains(repository.location, commit, other, { signal });
    expect(await has(base)).toBe(true);
    expect(await has(commit)).toBe(true);
    expect(await has(lost)).toBe(false);
    expect(await has('0'.repeat(40))).toBe(false);
    host.instead.push([/\/compare\//, { status: 500, body: '{}' }]);
    await expect(has(base)).rejects.toThrow();
  });
});

describe('discovery', () => {
  const discover = (organizations: string[]) =>
    sourceFor(host, { organizations }).source.discover({ signal });

  it('lists all repositories of an organization, page by page', async () => {
    for (let i = 0; i < 100; i++) host.create(`payments/r${i}`);
    const { repositories, problems } = await discover(['payments']);
    expect(repositories).toHaveLength(101);
    expect(problems).toEqual([]);
  });

  it('lists those of a person', async () => {
    host.instead.push([/\/orgs\//, { status: 404, body: '{}' }]);
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

it('reads only hosts of fettle.github.hosts', () => {
  const reads = (remote: string) =>
    source().reads({ ...repository.location, remote });
  expect(reads('https://github.example.com/a/b')).toBe(true);
  expect(reads('https://github.com/a/b')).toBe(false);
  expect(reads('https://github.example.com/a')).toBe(false);
  expect(reads('file:///github.example.com/a/b')).toBe(false);
});

describe('access', () => {
  const answer = (path: RegExp, data: unknown, headers = {}) =>
    host.instead.push([
      path,
      { status: 200, headers, body: JSON.stringify(data) },
    ]);
  const person = (id: number, login: string, permissions: object) => ({
    ...{ id, login, permissions: { admin: false, push: true, ...permissions } },
  });
  const read = () => source().readAccess(repository.location, { signal });
  const next = { link: '<https://x/?page=2>; rel="next"' };

  it('is told of those who maintain it and of keys, without the keys', async () => {
    answer(/collaborators.*page=2/, [person(2, 'bob', { maintain: true })]);
    answer(
      /collaborators/,
      [
        person(1, 'ada', { admin: true, maintain: true }),
        person(3, 'eve', { maintain: false }),
      ],
      next,
    );
    answer(/keys/, [
      { id: 7, title: 'ci', read_only: true, key: 'ssh-ed25519 AAAA' },
      { id: 8, title: 'robot', read_only: false, key: 'ssh-ed25519 BBBB' },
    ]);
    expect(await read()).toEqual({
      maintainers: [
        { id: '1', name: 'ada', level: 'admin' },
        { id: '2', name: 'bob', level: 'maintain' },
      ],
      deployKeys: [
        { id: '7', title: 'ci', canWrite: false },
        { id: '8', title: 'robot', canWrite: true },
      ],
    });
  });

  it('is not told where it is not shown, or not all of it', async () => {
    answer(/collaborators/, [person(1, 'ada', { admin: true })], next);
    host.instead.push([/keys/, { status: 403, body: '{}' }]);
    expect(await read()).toEqual({});
  });

  it('is no empty list where the host answers with something else', async () => {
    answer(/collaborators/, []);
    answer(/keys/, { not: 'a list' });
    await expect(read()).rejects.toThrow('github.example.com');
  });
});
