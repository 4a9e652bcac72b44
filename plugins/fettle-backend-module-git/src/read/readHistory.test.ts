import type { CommitAdditions } from 'backstage-plugin-fettle-node';
import {
  git,
  GitFixtures,
  type GitFixtureRepository,
} from '../testing/GitFixtures';

describe('what the commits of a history added', () => {
  let fixtures: GitFixtures;
  let repository: GitFixtureRepository;
  const { signal } = new AbortController();

  beforeEach(() => {
    fixtures = new GitFixtures();
    repository = fixtures.create('a');
  });
  afterEach(() => fixtures.dispose());

  const at = (minute: number) => `2026-05-01T10:${minute}:00Z`;
  const read = async (commit: string, since?: string) => {
    const told: CommitAdditions[] = [];
    const source = fixtures.source();
    for await (const one of source.readHistory(repository.location, commit, {
      ...{ signal, since },
    })) {
      told.push(one);
    }
    return told;
  };

  it('is told with lines and texts, parents first, also of what is gone again', async () => {
    const first = await repository.commit({
      at: at(10),
      files: { a: 'one\n-- two\n++ three\n', 'b c': 'x' },
    });
    const second = await repository.commit({
      at: at(11),
      files: { a: 'one\nnew\n++ three\n+++ b/z\n' },
    });
    const third = await repository.commit({
      at: at(12),
      files: { a: null, 'b c': null },
    });
    expect(await read(third)).toEqual([
      {
        ...{ commit: first, author: 'Ada Lovelace', cut: false },
        committedAt: '2026-05-01T10:10:00.000Z',
        added: [
          { path: 'a', lines: [1, 2, 3], text: 'one\n-- two\n++ three\n' },
          { path: 'b c', lines: [1], text: 'x\n' },
        ],
      },
      expect.objectContaining({
        commit: second,
        added: [{ path: 'a', lines: [2, 4], text: 'new\n+++ b/z\n' }],
      }),
      expect.objectContaining({ commit: third, added: [] }),
    ]);
    expect((await read(third, first)).map(({ commit }) => commit)).toEqual([
      second,
      third,
    ]);
    expect(await read(third, third)).toEqual([]);
  });

  it('holds what branches brought, each once, and no merge', async () => {
    const base = await repository.commit({ at: at(10), files: { a: '1' } });
    const side = await repository.commit({
      ...{ at: at(11), branch: 'side', files: { s: 'side' } },
    });
    const merge = await repository.commit({
      ...{ at: at(12), merge: 'side', files: { s: 'side' } },
    });
    expect((await read(merge)).map(({ commit }) => commit)).toEqual([
      base,
      side,
    ]);
  });

  it('has names as trees have them, and neither binary nor big files', async () => {
    const names = ['tab\there', 'quote"d', 'ünï', 'odd\\xffbyte', 'a b'];
    const head = await repository.commit({
      at: at(10),
      files: {
        ...Object.fromEntries(names.map(name => [name, 'text'])),
        binary: Buffer.from([0, 1, 2, 0]),
        big: 'word '.repeat(300_000),
      },
    });
    const [only] = await read(head);
    expect(only.added.map(({ path }) => path).sort()).toEqual(names.sort());
  });

  it('says where a commit added more than is read', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`f${i}`, 'word\n'.repeat(200_000)]),
    );
    const head = await repository.commit({ at: at(10), files });
    const [only] = await read(head);
    expect(only.cut).toBe(true);
    expect(only.added.length).toBeLessThan(12);
  });

  it('runs nothing that the repository names', async () => {
    const head = await repository.commit({
      at: at(10),
      files: { 'a.txt': 'one\n', '.gitattributes': '*.txt diff=evil\n' },
    });
    for (const key of ['diff.evil.command', 'diff.evil.textconv']) {
      git(repository.folder, ['config', key, `touch ${fixtures.root}/ran`]);
    }
    git(fixtures.root, ['config', '-f', 'x', 'a.b', 'c']);
    expect((await read(head))[0].added).toHaveLength(2);
    expect(() => git(fixtures.root, ['config', '-f', 'ran', '-l'])).toThrow();
  });

  it('is refused where the branch was rewritten or the commit is not there', async () => {
    const gone = await repository.commit({ at: at(10), files: { a: '1' } });
    const other = await repository.commit({
      ...{ at: at(11), branch: 'b', files: { a: '2' } },
    });
    const missing = 'f'.repeat(40);
    for (const [commit, since] of [
      [gone, other],
      [gone, missing],
      [missing, undefined],
    ] as const) {
      await expect(read(commit, since)).rejects.toMatchObject({
        code: 'moved',
      });
    }
    await expect(read('--all')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('tells whether a commit is in the history of another', async () => {
    const first = await repository.commit({ at: at(10), files: { a: '1' } });
    const second = await repository.commit({ at: at(11), files: { a: '2' } });
    const other = await repository.commit({
      ...{ at: at(12), branch: 'b', files: { a: '3' } },
    });
    const has = (commit: string, one: string) =>
      fixtures.source().contains(repository.location, commit, one, { signal });
    await expect(has(second, first)).resolves.toBe(true);
    await expect(has(second, second)).resolves.toBe(true);
    await expect(has(first, second)).resolves.toBe(false);
    await expect(has(second, other)).resolves.toBe(false);
    await expect(has(second, 'f'.repeat(40))).resolves.toBe(false);
    await expect(has('f'.repeat(40), first)).rejects.toMatchObject({
      code: 'moved',
    });
    await expect(has('--all', first)).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
