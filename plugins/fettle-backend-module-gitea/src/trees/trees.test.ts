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
  repository = host.create('payments/ledger');
});
afterEach(() => host.stop());

const treeOf = async (commit: string) =>
  sourceFor(host).source.readTree(repository.location, commit, { signal });

describe('a tree', () => {
  it('is read page by page', async () => {
    const files = Object.fromEntries(
      ['a/1', 'a/b/2', 'a/b/3', 'c/d/4', '5'].map(path => [path, path]),
    );
    const commit = await repository.commit({ at: AT, files });
    host.limits.treePage = 3;
    const tree = await treeOf(commit);
    const paths = (await tree.list()).map(({ path }) => path);
    expect(paths).toEqual(['5', 'a/1', 'a/b/2', 'a/b/3', 'c/d/4']);
    expect((await tree.read(['a/b/3'])).get('a/b/3')?.text).toBe('a/b/3');
  });

  it.each([
    ['too large', { total_count: 500_001, truncated: true, tree: [] }],
    ['corrupt', { total_count: 5, truncated: true, tree: [] }],
  ])('that is %s says so', async (_, answer) => {
    const commit = await repository.commit({ at: AT, files: { a: 'a' } });
    const body = JSON.stringify(answer);
    host.instead.push([/\/git\/trees\//, { status: 200, body }]);
    const code = _.replace(' ', '-');
    await expect(treeOf(commit)).rejects.toMatchObject({ code });
  });

  it('says that the host does not give so large a file', async () => {
    const files = { a: 'x'.repeat(200), b: 'y' };
    const commit = await repository.commit({ at: AT, files });
    host.limits.blob = 100;
    const tree = await treeOf(commit);
    expect((await tree.read(['b'])).get('b')?.text).toBe('y');
    await expect(tree.read(['a'])).rejects.toMatchObject({
      ...{ code: 'too-large' },
      action: expect.stringContaining('DEFAULT_MAX_BLOB_SIZE'),
    });
  });

  it.each([404, 400])(
    'says that a file that is listed is missing (%s)',
    async status => {
      const commit = await repository.commit({ at: AT, files: { a: 'a' } });
      const tree = await treeOf(commit);
      host.instead.push([/\/git\/blobs\//, { status, body: '{}' }]);
      await expect(tree.read(['a'])).rejects.toMatchObject({ code: 'corrupt' });
    },
  );

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

  it('names files whose names look the same to the host', async () => {
    const files = { 'a\\xe9': '1', 'a\\xea': '2', 'b/\\xff\\xfe.txt': '3' };
    const commit = await repository.commit({ at: AT, files });
    const tree = await treeOf(commit);
    const read = await tree.read(Object.keys(files));
    const texts = [...read].map(([path, { text }]) => [path, text]);
    expect(Object.fromEntries(texts)).toEqual(files);
  });

  it.each([
    ['breaks off', { cutArchivesAt: 60 }, 'unreachable'],
    ['is not given', undefined, 'failed'],
  ])('says that its archive %s', async (_, broken, code) => {
    const files = { 'a.txt': '<<<<<<< a\n'.repeat(1_000) };
    const commit = await repository.commit({ at: AT, files });
    const tree = await treeOf(commit);
    if (broken) Object.assign(host, broken);
    else host.instead.push([/\/archive\//, { status: 404, body: '{}' }]);
    await expect(tree.findLines(['<'])).rejects.toMatchObject({
      code,
      message: expect.stringContaining(repository.location.remote),
    });
  });
});
