import type {
  RepositorySnapshot,
  RepositorySource,
} from '../contracts/RepositorySource';
import type { SourceError } from '../contracts/SourceError';
import { failureOf } from './failureOf';
import type { RepositorySourceHarness } from './RepositorySourceHarness';
import { treeContract } from './treeContract';

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
      expect(fromGit(snapshot)).toEqual({
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

    it('tells of a commit and what it touched, where it can', async () => {
      if (!source.readCommit) return;
      const repository = await harness.create('payments/ledger');
      const first = await repository.commit({
        at: daysAgo(3),
        files: { 'api/a.txt': 'a', 'web/b.txt': 'b' },
      });
      const second = await repository.commit({
        at: daysAgo(2),
        message: 'Change it\n\nAnd say why.',
        files: { 'api/a.txt': null },
      });
      const third = await repository.commit({
        at: daysAgo(1),
        files: { 'c.txt': 'c' },
      });
      const read = (id: string, since?: string) =>
        source.readCommit!(repository.location, id, { signal, since });
      expect(await read(first)).toMatchObject({
        paths: ['api/a.txt', 'web/b.txt'],
        complete: true,
      });
      expect(await read(second)).toMatchObject({
        subject: 'Change it',
        committedAt: daysAgo(2),
        paths: ['api/a.txt'],
      });
      expect((await read(third, first)).paths).toEqual(['api/a.txt', 'c.txt']);
      const { parents = [first] } = await read(second);
      expect(parents).toEqual([first]);
      const rewritten = await read(third, 'f'.repeat(first.length));
      expect(rewritten.complete).toBe(false);
      const gone = read('e'.repeat(first.length));
      expect((await failureOf(gone)).code).toBe('moved');
    });

    it('gives the page of a file at a commit, where its host has pages', async () => {
      if (!source.fileUrl) return;
      const { location } = await harness.create('payments/ledger');
      const commit = 'a'.repeat(40);
      const path = 'a b/ä#?%&"\'<.ts';
      for (const options of [{ line: 14 }, {}]) {
        const page = new URL(source.fileUrl(location, commit, path, options)!);
        expect(page.href).toMatch(/^https?:/);
        expect(page.href.startsWith(`${location.webUrl}/`)).toBe(true);
        expect(decodeURIComponent(page.pathname)).toMatch(`${commit}/${path}`);
        expect(page.search).toBe('');
        expect(page.hash).toBe(options.line ? '#L14' : '');
      }
    });

    it('gives no page for what is none of the repository', async () => {
      if (!source.fileUrl) return;
      const { location } = await harness.create('payments/ledger');
      const commit = 'a'.repeat(40);
      const pages = [
        ...['', '/etc/passwd', '../x', 'a/../../x', 'a//b', 'caf\\xe9'].map(
          path => source.fileUrl!(location, commit, path),
        ),
        ...['', 'main', '../x', 'A'.repeat(40)].map(id =>
          source.fileUrl!(location, id, 'a.ts'),
        ),
        source.fileUrl(
          {
            ...{ remote: 'data:text/html,1//x/y', name: 'x' },
            ...{ host: location.host, webUrl: 'data:text/html,1' },
          },
          ...([commit, 'a.ts'] as const),
        ),
      ];
      expect(pages.filter(Boolean)).toEqual([]);
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
      const snapshot = await source.snapshot(repository.location, { signal });
      expect(fromGit(snapshot)).toEqual({
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
      // A mirror may still have it; what is not allowed is another tree.
      const read = await source
        .readTree(repository.location, commit, { signal })
        .then(
          tree => tree.commit,
          (reason: SourceError) => reason.code,
        );
      expect([commit, 'not-found']).toContain(read);
    });

    treeContract(() => harness);

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

/** What every source can tell; a host may know more of its own. */
function fromGit({
  openChanges,
  protection,
  archived,
  ...rest
}: RepositorySnapshot) {
  return rest;
}
