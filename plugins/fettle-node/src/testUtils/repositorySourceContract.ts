import type {
  RepositoryLocation,
  RepositorySource,
} from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';
import type { ScriptedRepository } from './ScriptedRepository';

/**
 * What a test of a source must be able to do with it.
 *
 * @public
 */
export interface RepositorySourceHarness {
  source: RepositorySource;
  /** What the source takes for the present, for ages of commits. */
  now: Date;
  /** Makes an empty repository that the source discovers; `name` is for example `payments/ledger`. */
  create(name: string): Promise<ScriptedRepository>;
  /** The annotations of an entity in a folder of the repository. */
  annotate(
    location: RepositoryLocation,
    subpath: string,
  ): Record<string, string>;
  /** Annotations that name a repository wrongly. */
  brokenAnnotations: Record<string, string>;
  dispose(): Promise<void>;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * What every repository source must keep. Call it at the top of a test file.
 *
 * @public
 */
export function repositorySourceContract(
  createHarness: () => Promise<RepositorySourceHarness>,
): void {
  describe('the repository source keeps the contract', () => {
    let harness: RepositorySourceHarness;
    let source: RepositorySource;
    const signal = new AbortController().signal;
    const daysAgo = (days: number) =>
      new Date(harness.now.getTime() - days * DAY).toISOString();
    const read = async (repository: ScriptedRepository, commit: string) =>
      source.readTree(repository.location, commit, { signal });

    beforeEach(async () => {
      harness = await createHarness();
      source = harness.source;
    });
    afterEach(async () => {
      await source.close?.();
      await harness.dispose();
    });

    it('has an id that can be a key', () => {
      expect(source.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
    });

    it('discovers a repository under one address, and reads it', async () => {
      const { location } = await harness.create('payments/ledger');
      const { repositories, problems } = await source.discover({ signal });
      expect(repositories).toContainEqual(location);
      expect(problems).toEqual([]);
      expect(location.remote).not.toMatch(/\.git$|\/$|\/\/[^/]*:[^/]*@/);
      expect(location.name).not.toBe('');
      expect(source.reads(location)).toBe(true);
    });

    it('locates an entity by its annotations, with its folder', async () => {
      const { location } = await harness.create('payments/ledger');
      for (const subpath of ['', 'services/api']) {
        const found = source.locate({
          entityRef: 'component:default/ledger',
          annotations: harness.annotate(location, subpath),
        });
        expect(found).toEqual({ location, subpath });
      }
    });

    it('says nothing of an entity without annotations', () => {
      expect(
        source.locate({ entityRef: 'component:default/x', annotations: {} }),
      ).toBeUndefined();
    });

    it('says what is wrong with a broken annotation, naming its key', () => {
      const found = source.locate({
        entityRef: 'component:default/x',
        annotations: harness.brokenAnnotations,
      });
      expect(found).toEqual({
        problem: { message: expect.any(String), action: expect.any(String) },
      });
      const key = Object.keys(harness.brokenAnnotations)[0];
      expect(JSON.stringify(found)).toContain(key);
    });

    it('takes a snapshot of the default branch and of all branches', async () => {
      const repository = await harness.create('payments/ledger');
      const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };
      const bob = { name: 'Bob Ørsted', email: 'bob@example.com' };
      await repository.commit({ at: daysAgo(200), author: bob });
      const topic = await repository.commit({
        branch: 'topic/one',
        at: daysAgo(40),
        author: bob,
      });
      await repository.commit({ at: daysAgo(30), author: ada });
      await repository.commit({ at: daysAgo(20), merge: 'topic/one' });
      const open = await repository.commit({
        branch: 'open',
        at: daysAgo(1),
        author: bob,
      });
      const head = await repository.commit({
        at: daysAgo(10),
        author: ada,
        message: `${'Ä'.repeat(250)}\n\nwith a body`,
      });

      const snapshot = await source.snapshot(repository.location, { signal });
      expect(snapshot).toEqual({
        defaultBranch: 'main',
        head: {
          commit: head,
          committedAt: daysAgo(10),
          author: 'Ada Lovelace',
          subject: 'Ä'.repeat(200),
        },
        branches: [
          {
            name: 'open',
            commit: open,
            committedAt: daysAgo(1),
            merged: false,
          },
          {
            name: 'main',
            commit: head,
            committedAt: daysAgo(10),
            merged: true,
          },
          {
            name: 'topic/one',
            commit: topic,
            committedAt: daysAgo(40),
            merged: true,
          },
        ],
        branchCount: 3,
        recent: { commits: 4, authors: 2 },
        shallow: false,
      });
    });

    it('sees a change, also one that rewrites history', async () => {
      const repository = await harness.create('payments/ledger');
      const first = await repository.commit({ at: daysAgo(3) });
      const before = await source.snapshot(repository.location, { signal });
      expect(before.head?.commit).toBe(first);
      const second = await repository.commit({ at: daysAgo(2) });
      const after = await source.snapshot(repository.location, { signal });
      expect(after.head?.commit).toBe(second);
      await repository.commit({ branch: 'gone', at: daysAgo(1) });
      await repository.deleteBranch('gone');
      const last = await source.snapshot(repository.location, { signal });
      expect(last).toEqual(after);
    });

    it('says that an empty repository has no commit', async () => {
      const repository = await harness.create('payments/empty');
      expect(await source.snapshot(repository.location, { signal })).toEqual({
        defaultBranch: null,
        head: null,
        headless: { message: expect.any(String), action: expect.any(String) },
        branches: [],
        branchCount: 0,
        shallow: false,
      });
    });

    it('says that the default branch is missing, and lists the others', async () => {
      const repository = await harness.create('payments/odd');
      const commit = await repository.commit({ at: daysAgo(1) });
      await repository.setDefaultBranch('trunk');
      const snapshot = await source.snapshot(repository.location, { signal });
      expect(snapshot).toMatchObject({
        defaultBranch: null,
        head: null,
        headless: { message: expect.any(String), action: expect.any(String) },
        branchCount: 1,
      });
      expect(snapshot.branches).toMatchObject([{ name: 'main', commit }]);
    });

    it('says that a repository is gone, and which', async () => {
      const repository = await harness.create('payments/gone');
      const commit = await repository.commit({ at: daysAgo(1) });
      await source.snapshot(repository.location, { signal });
      await repository.remove();
      const error = await failureOf(
        source.snapshot(repository.location, { signal }),
      );
      expect(error.code).toBe('not-found');
      expect(error.message).toContain(repository.location.remote);
      expect(error.action).not.toBe('');
      // A mirror may still have it; what is not allowed is an empty tree.
      const tree = await read(repository, commit).catch(() => undefined);
      if (tree) expect(tree.commit).toBe(commit);
    });

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
      await source.snapshot(repository.location, { signal });
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

    it('stops when it is told to', async () => {
      const repository = await harness.create('payments/ledger');
      const commit = await repository.commit({ at: daysAgo(1) });
      const aborted = { signal: AbortSignal.abort() };
      await failureOf(source.snapshot(repository.location, aborted));
      await failureOf(source.readTree(repository.location, commit, aborted));
    });

    it('tells of changes of what it watches, if it can watch', async () => {
      if (!source.watch) return;
      const watched = await harness.create('payments/ledger');
      const other = await harness.create('payments/other');
      await watched.commit({ at: daysAgo(3) });
      await other.commit({ at: daysAgo(3) });
      const told: string[] = [];
      let tell = () => {};
      await source.watch([watched.location], ({ remote }) => {
        told.push(remote);
        tell();
      });
      const change = async (act: () => Promise<unknown>) => {
        const notice = new Promise<void>(resolve => {
          tell = resolve;
        });
        await act();
        await notice;
      };
      await other.commit({ at: daysAgo(2) });
      await change(() => watched.commit({ at: daysAgo(2) }));
      await change(() =>
        watched.commit({ branch: 'new/deep/branch', at: daysAgo(1) }),
      );
      await change(() =>
        watched.commit({ branch: 'new/deep/branch', at: daysAgo(0) }),
      );
      expect(new Set(told)).toEqual(new Set([watched.location.remote]));
    });
  });
}

async function failureOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error as SourceError;
}
