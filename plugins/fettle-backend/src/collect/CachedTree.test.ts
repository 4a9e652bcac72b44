import type { RepositoryTree, TreeFile } from 'backstage-plugin-fettle-node';
import { CachedTree } from './CachedTree';

const FILES = new Map(
  ['a', 'b', 'c'].map((path): [string, TreeFile] => [
    path,
    { path, size: 1, text: path.toUpperCase() },
  ]),
);

/** A tree of three small files that remembers what it was asked; a path `bad` breaks a reading. */
function treeOf() {
  const asked: [string[], number | undefined][] = [];
  const tree: RepositoryTree = {
    commit: 'c1',
    list: async () => [],
    findLines: async () => ({ lines: [], complete: true }),
    read: async (paths, options) => {
      asked.push([[...paths], options?.maxBytes]);
      if (paths.includes('bad')) throw new Error('It is bad');
      return new Map(
        paths.flatMap(path => {
          const file = FILES.get(path);
          return file ? [[path, file]] : [];
        }),
      );
    },
  };
  return { asked, cached: new CachedTree(tree) };
}

it('reads what is asked at the same moment at once, and answers each its own', async () => {
  const { asked, cached } = treeOf();
  const answers = await Promise.all([
    cached.read(['a', 'b']),
    cached.read(['b', 'c', 'gone']),
  ]);
  expect(asked).toEqual([[['a', 'b', 'c', 'gone'], undefined]]);
  expect(answers.map(files => [...files.keys()])).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
  expect(answers[1].get('c')?.text).toBe('C');
});

it('keeps apart what has another limit, and what is asked later', async () => {
  const { asked, cached } = treeOf();
  await Promise.all([
    cached.read(['a']),
    cached.read(['b'], { maxBytes: 10 }),
    cached.read(['c'], { maxBytes: 10 }),
  ]);
  await cached.read(['b']);
  expect(asked).toEqual([
    [['a'], undefined],
    [['b', 'c'], 10],
    [['b'], undefined],
  ]);
});

it('asks the same only once', async () => {
  const { asked, cached } = treeOf();
  const first = await cached.read(['a']);
  expect(await cached.read(['a'])).toBe(first);
  expect(asked).toHaveLength(1);
});

it('does not let a reading that fails spoil the others', async () => {
  const { asked, cached } = treeOf();
  const [good, bad] = await Promise.allSettled([
    cached.read(['a']),
    cached.read(['bad']),
  ]);
  expect(good).toMatchObject({ value: new Map([['a', FILES.get('a')]]) });
  expect(bad).toMatchObject({ reason: new Error('It is bad') });
  expect(asked).toHaveLength(3);

  await expect(treeOf().cached.read(['bad'])).rejects.toThrow('It is bad');
});
