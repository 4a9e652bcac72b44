import type { FactCollector, FactInput } from '../contracts/FactCollector';
import type { RepositorySnapshot } from '../contracts/RepositorySource';
import type { RepositoryTree } from '../contracts/RepositoryTree';
import { SourceError } from '../contracts/SourceError';
import { MemoryTree, type MemoryFile } from './MemoryTree';

/** What the backend stores at most for one fact. */
const MAX_FACT_BYTES = 256 * 1024;

const SNAPSHOT: RepositorySnapshot = {
  defaultBranch: 'main',
  head: {
    commit: '0'.repeat(40),
    committedAt: '2026-05-30T10:00:00.000Z',
    author: 'Ada Lovelace',
    subject: 'Add the engine',
  },
  branches: [
    {
      name: 'main',
      commit: '0'.repeat(40),
      committedAt: '2026-05-30T10:00:00.000Z',
    },
  ],
  branchCount: 1,
  recent: { commits: 1, authors: 1 },
  shallow: false,
};

const ODD_FILES: Record<string, MemoryFile> = {
  'README.md': { symlink: '../outside' },
  LICENSE: { symlink: 'LICENSE' },
  'docs/CODEOWNERS': Buffer.from([0, 1, 2, 255]),
  'catalog-info.yaml': ': [',
  'package.json': 'null',
  'Cargo.toml': '[',
  '\\xff\\xfe/a b\n.js': '<<<<<<< x\n>>>>>>> y\n',
  sub: { submodule: true },
};

/**
 * A {@link FactInput} of a repository with these files, for tests.
 *
 * @public
 */
export function factInput(
  files: Readonly<Record<string, MemoryFile>> = {},
  options: Partial<FactInput> = {},
): FactInput {
  const tree = options.tree ?? new MemoryTree(files);
  return {
    tree,
    whole: tree,
    snapshot: SNAPSHOT,
    subpath: '',
    now: new Date('2026-06-01T12:00:00Z'),
    ...options,
  };
}

/**
 * What every fact collector must keep. Call it at the top of a test file, with
 * inputs that bring out what the collector can find.
 *
 * @public
 */
export function factCollectorContract<T>(
  collector: FactCollector<T>,
  options: { inputs?: FactInput[] } = {},
): void {
  const inputs = [factInput(), factInput(ODD_FILES), ...(options.inputs ?? [])];

  describe(`the collector of '${collector.fact.id}' keeps the contract`, () => {
    it('has an id and a version', () => {
      expect(collector.fact.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(Number.isInteger(collector.version)).toBe(true);
      expect(collector.version).toBeGreaterThanOrEqual(1);
    });

    it('gives a small value that survives being stored, whatever the tree holds', async () => {
      for (const input of inputs) {
        const value = await collector.collect(input);
        const stored = JSON.stringify(value);
        expect(stored.length).toBeLessThanOrEqual(MAX_FACT_BYTES);
        expect(collector.fact.schema.parse(JSON.parse(stored))).toEqual(value);
      }
    });

    it('gives the same value for the same input', async () => {
      for (const input of inputs) {
        const first = await collector.collect(input);
        expect(await collector.collect(input)).toEqual(first);
      }
    });

    if (collector.volatile) {
      it('does not touch the tree', async () => {
        const tree = brokenTree();
        await collector.collect(factInput({}, { tree }));
        expect(tree.asked).toBe(0);
      });
    } else {
      it('does not turn a failure of the source into a value', async () => {
        const tree = brokenTree();
        await expect(
          (async () => collector.collect(factInput({}, { tree })))(),
        ).rejects.toThrow(SourceError);
      });
    }
  });
}

function brokenTree(): RepositoryTree & { asked: number } {
  const fail = async (): Promise<never> => {
    tree.asked += 1;
    throw new SourceError(
      'unreachable',
      'The repository cannot be reached.',
      'Try again.',
    );
  };
  const tree = {
    commit: '0'.repeat(40),
    asked: 0,
    list: fail,
    read: fail,
    findLines: fail,
  };
  return tree;
}
