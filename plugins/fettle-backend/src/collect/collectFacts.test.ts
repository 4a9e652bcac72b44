import {
  SourceError,
  createFactCollector,
  createFactRef,
  type FactCollector,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { MemoryTree } from 'backstage-plugin-fettle-node/testUtils';
import { z } from 'zod';
import { collectFacts } from './collectFacts';

const snapshot: RepositorySnapshot = {
  defaultBranch: 'main',
  head: {
    commit: 'c0ffee0',
    committedAt: '2026-01-01T00:00:00.000Z',
    author: 'A',
    subject: 's',
  },
  branches: [],
  branchCount: 0,
  shallow: false,
};
const now = new Date('2026-01-02T00:00:00Z');

function collector(
  id: string,
  collect: FactCollector['collect'],
  rest: Partial<FactCollector> = {},
) {
  return createFactCollector({
    fact: createFactRef({ id, schema: z.unknown() }),
    version: 1,
    scope: 'repository',
    collect,
    ...rest,
  });
}
const paths = collector(
  'paths',
  async ({ tree }) => (await tree.list()).map(entry => entry.path),
  { scope: 'path' },
);
const tree = new MemoryTree({
  'README.md': 'hello',
  'api/main.go': 'package main',
});

const run = (
  collectors: FactCollector[],
  options: Partial<Parameters<typeof collectFacts>[0]> = {},
) =>
  collectFacts({
    collectors,
    subpaths: [''],
    snapshot,
    known: [],
    openTree: async () => tree,
    now,
    ...options,
  });

describe('collectFacts', () => {
  it('collects at the root and in each folder, with paths of that folder', async () => {
    const facts = await run([paths], { subpaths: ['', 'api'] });
    expect(facts.map(f => [f.subpath, f.value])).toEqual([
      ['', ['README.md', 'api/main.go']],
      ['api', ['main.go']],
    ]);
  });

  it('does not open the tree when nothing of it is needed', async () => {
    const known = await run([paths]);
    const openTree = jest.fn();
    const age = collector('age', () => 1, { volatile: true });
    const facts = await run([paths, age], { known, openTree });
    expect(openTree).not.toHaveBeenCalled();
    expect(facts.map(f => f.factId)).toEqual(['age']);
  });

  it.each([
    ['another commit', { commit: 'other' }],
    ['another version', { version: 0 }],
    ['a problem', { problem: { code: 'x', message: 'm', action: 'a' } }],
  ])('collects again what was stored with %s', async (_name, change) => {
    const [stored] = await run([paths]);
    const facts = await run([paths], { known: [{ ...stored, ...change }] });
    expect(facts).toHaveLength(1);
  });

  it('asks the tree once for several collectors', async () => {
    const list = jest.spyOn(tree, 'list');
    await run([paths, { ...paths, fact: { ...paths.fact, id: 'more' } }]);
    expect(list).toHaveBeenCalledTimes(1);
  });

  it('leaves a problem where a collector fails, and the others alone', async () => {
    const facts = await run([
      collector('bad', () => {
        throw new Error('boom');
      }),
      collector('big', () => 'x'.repeat(300_000)),
      collector('slow', () => {
        throw new SourceError('too-large', 'too many files', 'do less');
      }),
      paths,
    ]);
    expect(facts.map(f => [f.factId, f.problem?.code])).toEqual([
      ['bad', 'collector-failed'],
      ['big', 'too-large'],
      ['slow', 'too-large'],
      ['paths', undefined],
    ]);
  });

  it('ends the reading where the source fails', async () => {
    const gone = collector('gone', () => {
      throw new SourceError('not-found', 'it is gone', 'look for it');
    });
    await expect(run([gone, paths])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('says that there is no commit, or no such folder, and does not guess', async () => {
    const [empty] = await run([paths], {
      snapshot: {
        ...snapshot,
        head: null,
        headless: { message: 'Nothing was committed.', action: 'Commit.' },
      },
    });
    expect(empty.problem).toEqual({
      code: 'empty',
      message: 'Nothing was committed.',
      action: 'Commit.',
    });
    const facts = await run([paths], { subpaths: ['nowhere'] });
    expect(facts[0].problem?.message).toBe(
      "The folder 'nowhere' is not in the repository at 0000000.",
    );
  });
});
