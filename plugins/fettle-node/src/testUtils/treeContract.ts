import { failureOf } from './failureOf';
import type { RepositorySourceHarness } from './RepositorySourceHarness';
import type { ScriptedRepository } from './ScriptedRepository';

const DAY = 24 * 60 * 60 * 1000;

/** The part of the contract of a source that is about the files of a commit. */
export function treeContract(getHarness: () => RepositorySourceHarness): void {
  describe('and its trees', () => {
    const signal = new AbortController().signal;
    let harness: RepositorySourceHarness;
    beforeEach(() => {
      harness = getHarness();
    });
    const daysAgo = (days: number) =>
      new Date(harness.now.getTime() - days * DAY).toISOString();
    const read = async (repository: ScriptedRepository, commit: string) =>
      harness.source.readTree(repository.location, commit, { signal });

    it('lists files with type, size and mode, sorted, and follows no link', async () => {
      const repository = await harness.create('payments/ledger');
      const commit = await repository.commit({
        at: daysAgo(1),
        files: {
          'src/b.ts': 'b\n',
          'src.txt': '',
          'a b"c.md': 'ü',
          'bin/run': { text: '#!/bin/sh\n', executable: true },
          out: { symlink: '../../etc/passwd' },
          vendor: { submodule: true },
        },
      });
      const tree = await read(repository, commit);
      expect(tree.commit).toBe(commit);
      const file = { type: 'file', executable: false };
      expect(await tree.list()).toEqual([
        { ...file, path: 'a b"c.md', size: 2 },
        { ...file, path: 'bin/run', executable: true, size: 10 },
        { ...file, path: 'out', type: 'symlink', size: 16 },
        { ...file, path: 'src.txt', size: 0 },
        { ...file, path: 'src/b.ts', size: 2 },
        { ...file, path: 'vendor', type: 'submodule', size: 0 },
      ]);
    });

    it('reads text, and says why there is none', async () => {
      const repository = await harness.create('payments/ledger');
      const commit = await repository.commit({
        at: daysAgo(1),
        files: {
          'text.md': '\uFEFFhällo\n',
          same: '\uFEFFhällo\n',
          empty: '',
          latin: Buffer.from([0x68, 0xe4, 0x0a]),
          binary: Buffer.from([1, 0, 2]),
          big: 'x'.repeat(101),
          huge: Buffer.alloc(1024 * 1024 + 1, 'x'),
          link: { symlink: 'text.md' },
          vendor: { submodule: true },
        },
      });
      const tree = await read(repository, commit);
      const paths = (await tree.list()).map(({ path }) => path);
      const files = await tree.read(
        [...paths, 'absent', '../text.md', '/etc/passwd', '', 'text.md'],
        { maxBytes: 100 },
      );
      expect([...files.keys()].sort()).toEqual([...paths].sort());
      expect(Object.fromEntries(files)).toMatchObject({
        'text.md': { path: 'text.md', size: 10, text: 'hällo\n' },
        same: { text: 'hällo\n' },
        empty: { size: 0, text: '' },
        latin: { size: 3, text: 'h\uFFFD\n' },
        binary: { size: 3, omitted: 'binary' },
        big: { size: 101, omitted: 'too-large' },
        huge: { omitted: 'too-large' },
        link: { omitted: 'not-a-file' },
        vendor: { omitted: 'not-a-file' },
      });
      for (const path of ['binary', 'big', 'huge', 'link', 'vendor']) {
        expect(files.get(path)).not.toHaveProperty('text');
      }
      const byDefault = await tree.read(['big', 'huge']);
      expect(byDefault.get('big')?.text).toHaveLength(101);
      expect(byDefault.get('huge')?.omitted).toBe('too-large');
      expect(await tree.read([])).toEqual(new Map());
    });

    it('lists and reads a file whose name is not UTF-8', async () => {
      const repository = await harness.create('payments/ledger');
      const commit = await repository.commit({
        at: daysAgo(1),
        files: { 'caf\\xe9/na\\xefve-ü.txt': 'odd\n' },
      });
      const tree = await read(repository, commit);
      expect(await tree.list()).toMatchObject([
        { path: 'caf\\xe9/na\\xefve-ü.txt' },
      ]);
      const files = await tree.read(['caf\\xe9/na\\xefve-ü.txt']);
      expect(files.get('caf\\xe9/na\\xefve-ü.txt')?.text).toBe('odd\n');
      const { lines } = await tree.findLines(['odd']);
      expect(lines).toMatchObject([{ path: 'caf\\xe9/na\\xefve-ü.txt' }]);
    });

    it('finds lines by how they start, word for word', async () => {
      const repository = await harness.create('payments/ledger');
      const commit = await repository.commit({
        at: daysAgo(1),
        files: {
          'a.txt': `one\n<<<<<<< ours\n x <<<<<<< no\n.*[a]$^\\+?|{}()\n`,
          'b/c.txt': `<<<<<<< ${'y'.repeat(500)}`,
          'd.bin': Buffer.from('<<<<<<< ours\n\0'),
          link: { symlink: '<<<<<<< ours' },
        },
      });
      const tree = await read(repository, commit);
      expect(await tree.findLines(['<<<<<<< ', '.*[a]$^\\+?|{}('])).toEqual({
        lines: [
          { path: 'a.txt', line: 2, text: '<<<<<<< ours' },
          { path: 'a.txt', line: 4, text: '.*[a]$^\\+?|{}()' },
          {
            path: 'b/c.txt',
            line: 1,
            text: `<<<<<<< ${'y'.repeat(192)}`,
          },
        ],
        complete: true,
      });
      expect(await tree.findLines(['absent'])).toEqual({
        lines: [],
        complete: true,
      });
      expect(await tree.findLines([])).toEqual({ lines: [], complete: true });
      const cut = await tree.findLines(['<'], { limit: 1 });
      expect(cut).toMatchObject({ lines: [{ line: 2 }], complete: false });
      const exact = await tree.findLines(['<'], { limit: 2 });
      expect(exact.complete).toBe(true);
    });

    it('reads an older commit as it was', async () => {
      const repository = await harness.create('payments/ledger');
      const first = await repository.commit({
        at: daysAgo(2),
        files: { 'a.txt': 'one' },
      });
      const second = await repository.commit({
        at: daysAgo(1),
        files: { 'a.txt': null, 'b.txt': 'two' },
      });
      await harness.source.snapshot(repository.location, { signal });
      const paths = async (commit: string) =>
        (await (await read(repository, commit)).list()).map(({ path }) => path);
      expect(await paths(first)).toEqual(['a.txt']);
      expect(await paths(second)).toEqual(['b.txt']);
    });

    it('says that a commit is not there', async () => {
      const repository = await harness.create('payments/ledger');
      await repository.commit({ at: daysAgo(1) });
      const error = await failureOf(
        read(repository, '1'.repeat(40)).then(tree => tree.list()),
      );
      expect(error.code).toBe('moved');
      expect(error.message).toContain(repository.location.remote);
    });
  });
}
