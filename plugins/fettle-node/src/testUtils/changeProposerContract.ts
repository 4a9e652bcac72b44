import type {
  ChangeProposer,
  ChangeRequest,
} from '../contracts/ChangeProposer';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import type { ChangeProposerHarness } from './ChangeProposerHarness';
import { failureOf } from './failureOf';
import type { ChangeableRepository } from './ScriptedRepository';

const AT = '2026-05-20T12:00:00.000Z';
const BRANCH = 'fettle/tidy/0123456789ab';

/**
 * What every proposer must keep. Call it at the top of a test file.
 *
 * @public
 */
export function changeProposerContract(
  createHarness: () => Promise<ChangeProposerHarness>,
): void {
  describe('the change proposer keeps the contract', () => {
    let harness: ChangeProposerHarness;
    let proposer: ChangeProposer;
    let repository: ChangeableRepository;
    let location: RepositoryLocation;
    let baseCommit: string;
    const { signal } = new AbortController();

    const request = (given: Partial<ChangeRequest> = {}): ChangeRequest => ({
      ...{ branch: BRANCH, base: 'main', baseCommit },
      files: [{ path: 'a.txt', content: 'two\n' }],
      ...{ title: 'Tidy up', body: 'Because.', marker: `${'0'.repeat(64)}` },
      ...given,
    });
    const open = (given?: Partial<ChangeRequest>) =>
      proposer.open(location, request(given), { signal });
    const find = () => proposer.find(location, BRANCH, { signal });
    const head = () => repository.find(BRANCH);
    const filesOf = (branch: string) =>
      repository.read(repository.find(branch)).files;

    beforeEach(async () => {
      harness = await createHarness();
      proposer = harness.proposer;
      repository = await harness.create('payments/ledger');
      location = repository.location;
      baseCommit = await repository.commit({
        at: AT,
        files: {
          'a.txt': 'one\n',
          'run.sh': { text: '#!/bin/sh\n', executable: true },
          'old/gone.txt': 'x',
          link: { symlink: 'a.txt' },
          kept: Buffer.from([0, 1, 0xff]),
        },
      });
    });
    afterEach(() => harness.dispose());

    it('covers the repository, and finds nothing in its way', async () => {
      expect(proposer.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(proposer.title).not.toBe('');
      expect(proposer.covers(location)).toBe(true);
      expect(proposer.hostOf(location)).not.toBe('');
      for (const merge of [false, true]) {
        expect(await proposer.check(location, { signal, merge })).toEqual([]);
      }
      expect(await find()).toBeUndefined();
    });

    it('opens a change of one commit on its base', async () => {
      const change = await open({
        files: [
          { path: 'a.txt', content: 'two\n' },
          { path: 'run.sh', content: '#!/bin/sh\nexit\n' },
          { path: 'old/gone.txt', content: null },
          { path: 'not/there.txt', content: null },
          { path: 'new/deep/text', content: 'x' },
          { path: 'empty', content: '' },
        ],
      });
      expect(change).toMatchObject({
        ...{ id: expect.any(String), branch: BRANCH, base: 'main' },
        ...{ headCommit: head(), state: 'open', edited: false },
      });
      const commit = repository.read(head());
      expect(commit).toEqual({
        ...{ parents: [baseCommit], email: harness.email },
        message: expect.stringMatching(/^Tidy up\n\n(.*\n)*Fettle-Plan: 0{64}/),
        files: {
          'a.txt': 'two\n',
          'run.sh': { text: '#!/bin/sh\nexit\n', executable: true },
          'new/deep/text': 'x',
          ...{ empty: '', link: { symlink: 'a.txt' } },
          kept: Buffer.from([0, 1, 0xff]),
        },
      });
      expect(repository.find('main')).toBe(baseCommit);
      expect(await find()).toEqual(change);
    });

    it('makes a new file executable', async () => {
      const files = [
        { path: 'bin/a "tool"', content: 'x  \n', executable: true },
        { path: 'a.txt', content: 'two\n', executable: true },
      ];
      const change = await open({ files });
      expect(filesOf(BRANCH)).toEqual({
        ...filesOf('main'),
        'a.txt': 'two\n',
        'bin/a "tool"': { text: 'x  \n', executable: true },
      });
      expect(await open({ files })).toEqual(change);
    });

    it('opens it once, however often it is asked', async () => {
      const first = await open();
      expect(await open()).toEqual(first);
      expect(repository.read(head()).parents).toEqual([baseCommit]);
      expect(await harness.count(location, BRANCH)).toBe(1);
    });

    it('goes on after it was broken off anywhere', async () => {
      if (!harness.breakAfter) return;
      for (let writes = 0, broken = true; broken; writes++) {
        const branch = `fettle/tidy/${writes}`;
        harness.breakAfter(writes);
        broken = await open({ branch }).then(
          () => false,
          () => true,
        );
        harness.breakAfter(undefined);
        const change = await open({ branch });
        expect(change).toMatchObject({ state: 'open', edited: false });
        expect(await harness.count(location, branch)).toBe(1);
        const { parents } = repository.read(repository.find(branch));
        expect(parents).toEqual([baseCommit]);
        expect(writes).toBeLessThan(10);
      }
      // It is a dozen changes.
    }, 240_000);

    it('opens it on its base commit where the base has moved on', async () => {
      const moved = await repository.commit({ at: AT, files: { b: 'b' } });
      await open();
      expect(repository.read(head()).parents).toEqual([baseCommit]);
      expect(repository.find('main')).toBe(moved);
    });

    it('refuses where the base does not have that commit', async () => {
      const other = await repository.commit({ branch: 'other', at: AT });
      for (const commit of [other, 'e'.repeat(baseCommit.length)]) {
        const error = await failureOf(open({ baseCommit: commit }));
        expect(error.code).toBe('moved');
      }
      const gone = await failureOf(open({ base: 'gone' }));
      expect(gone.code).toBe('moved');
      expect(head()).toBe('');
    });

    it('brings its own branch to other files', async () => {
      await open({
        files: [
          { path: 'a.txt', content: 'two\n' },
          { path: 'x.txt', content: 'x' },
          { path: 'run.sh', content: null },
        ],
      });
      const change = await open({
        files: [{ path: 'b.txt', content: 'b' }],
      });
      expect(change).toMatchObject({ state: 'open', edited: false });
      expect(change.headCommit).toBe(head());
      const { 'b.txt': added, ...rest } = filesOf(BRANCH);
      expect(added).toBe('b');
      expect(rest).toEqual(filesOf('main'));
      expect(await harness.count(location, BRANCH)).toBe(1);
    });

    it('leaves a branch alone that someone else edits', async () => {
      const { id } = await open();
      const theirs = await repository.commit({
        ...{ branch: BRANCH, at: AT, files: { 'a.txt': 'three\n' } },
      });
      expect(await find()).toMatchObject({ edited: true, headCommit: theirs });
      const files = [{ path: 'a.txt', content: 'four\n' }];
      expect(await open({ files })).toMatchObject({ id, edited: true });
      expect(head()).toBe(theirs);
      const change = { branch: BRANCH, id, comment: 'No more.' };
      const closed = await proposer.close(location, change, { signal });
      expect(closed).toMatchObject({ state: 'closed', edited: true });
      expect(head()).toBe(theirs);
    });

    it('merges what it was asked to merge, once', async () => {
      const { id, headCommit } = await open();
      const change = { branch: BRANCH, id, headCommit };
      const merged = await proposer.merge(location, change, { signal });
      expect(merged).toMatchObject({
        ...{ id, state: 'merged', endedByUs: true },
        mergeCommit: repository.find('main'),
      });
      expect(filesOf('main')['a.txt']).toBe('two\n');
      const again = await proposer.merge(location, change, { signal });
      expect(again).toEqual(merged);
      expect(await open()).toMatchObject({ id, state: 'merged' });
      expect(repository.find('main')).toBe(merged.mergeCommit);
    });

    it('merges into a base that has moved on', async () => {
      await open();
      await repository.commit({ at: AT, files: { b: 'b' } });
      const { id, headCommit } = (await find())!;
      const change = { branch: BRANCH, id, headCommit };
      await proposer.merge(location, change, { signal });
      expect(filesOf('main')).toMatchObject({ 'a.txt': 'two\n', b: 'b' });
    });

    it('does not merge another commit than it was asked to', async () => {
      const { id, headCommit } = await open();
      await repository.commit({ branch: BRANCH, at: AT, files: { b: 'b' } });
      const change = { branch: BRANCH, id, headCommit };
      const error = await failureOf(
        proposer.merge(location, change, { signal }),
      );
      expect(error.code).toBe('moved');
      expect(repository.find('main')).toBe(baseCommit);
    });

    it('sees a conflict, and does not merge it', async () => {
      const { id, headCommit } = await open();
      const files = { 'a.txt': 'other\n' };
      const moved = await repository.commit({ at: AT, files });
      expect(await find()).toMatchObject({ state: 'open', mergeable: false });
      const change = { branch: BRANCH, id, headCommit };
      const error = await failureOf(
        proposer.merge(location, change, { signal }),
      );
      expect(error.code).toBe('failed');
      expect(repository.find('main')).toBe(moved);
    });

    it('closes it, and deletes its branch', async () => {
      const { id } = await open();
      const change = { branch: BRANCH, id, comment: 'It is **gone**.' };
      const closed = await proposer.close(location, change, { signal });
      expect(closed).toMatchObject({ state: 'closed', endedByUs: true });
      expect(head()).toBe('');
      expect(await proposer.close(location, change, { signal })).toEqual(
        closed,
      );
      expect(await find()).toEqual(closed);
    });

    it('does not open again what a person closed', async () => {
      const change = await open();
      await harness.close(location, change);
      const closed = (await find())!;
      expect(closed).toMatchObject({ id: change.id, state: 'closed' });
      expect(closed.endedByUs).not.toBe(true);
      const before = head();
      expect(await open()).toEqual(closed);
      expect(head()).toBe(before);
      expect(await harness.count(location, BRANCH)).toBe(1);
      const error = await failureOf(
        proposer.merge(location, change, { signal }),
      );
      expect(error.code).toBe('failed');
    });

    it('sees that a person merged it', async () => {
      const change = await open();
      await harness.merge(location, change);
      const merged = (await find())!;
      expect(merged).toMatchObject({ id: change.id, state: 'merged' });
      expect(merged.mergeCommit).toBe(repository.find('main'));
      expect(merged.endedByUs).not.toBe(true);
      const asked = { branch: BRANCH, id: change.id, comment: 'No.' };
      const closed = await proposer.close(location, asked, { signal });
      expect(closed.state).toBe('merged');
    });

    it('writes nothing outside of its tree, nor over what is no file', async () => {
      for (const path of [
        ...['../x', 'a/../../x', '/etc/passwd', 'a//b', 'a/', './a', '', '.'],
        ...['.git/config', 'a/.GIT/x', 'git~1/x', '.git./x', '.g\u200cit'],
        ...['a\0b', 'a\nb', 'a\\..\\x', `a${String.fromCharCode(0xd800)}`],
        ...['link', 'link/x', 'a.txt/x', 'old'],
      ]) {
        const files = [{ path, content: 'x' }];
        const error = await failureOf(open({ files }));
        expect([path, error.code]).toEqual([path, 'invalid']);
        expect(error.message).toContain(location.remote);
      }
      expect(head()).toBe('');
    });

    it('touches no branch that is not its own', async () => {
      for (const branch of [
        ...[
          'main',
          'x',
          'fettle',
          'fettle/../main',
          'fettle/a b',
          'fettle/x~1',
        ],
        ...['fettle/x.lock', 'fettle//x', 'fettle/-\nx', '-f', 'fettle/x^{}'],
        ...['refs/heads/fettle/x', 'fettle/', 'fettle/x@{1}', 'fettle/*'],
      ]) {
        const change = { branch, id: '1', comment: '' };
        for (const call of [
          open({ branch }),
          proposer.find(location, branch, { signal }),
          proposer.close(location, change, { signal }),
        ]) {
          const { code } = await failureOf(call);
          expect([branch, code]).toEqual([branch, 'invalid']);
        }
      }
      expect(repository.find('main')).toBe(baseCommit);
    });

    it('refuses what is no request', async () => {
      const file = { path: 'a.txt', content: 'x' };
      const bad: Partial<ChangeRequest>[] = [
        ...[{ files: [] }, { files: [file, file] }, { title: 'a\nb' }],
        ...[{ title: ' ' }, { marker: 'a\nb' }, { baseCommit: 'main' }],
        { base: 'fettle/x' },
        { files: [{ ...file, content: String.fromCharCode(0xd800) }] },
        { files: [file, { path: 'a.txt/b', content: 'x' }] },
        { files: [{ path: 'a.txt', content: 'one\n' }] },
      ];
      for (const one of bad) {
        expect((await failureOf(open(one))).code).toBe('invalid');
      }
      expect(head()).toBe('');
    });

    it('writes every name and text as it is', async () => {
      const files: Record<string, string> = {
        'a b/ä 名 é.txt': 'ä\r\nno end',
        '-rf': '-x\n',
        '"quoted" \'x\'': 'data 5\nhello\n',
        '#?%&+;=@:~^.md': '%2e%2e\t$(id) `id`\n',
        '.ci/workflows/ci.yml': 'on: push\n',
        '...': '\u2028\u{1f600}',
        'gitignore/.gitignore': '*\n',
        'x.lock/[a-z]*': '\0binary',
        long: `${'0123456789abcdef'.repeat(20_000)}\n`,
      };
      const wanted = Object.entries(files).map(([path, content]) => ({
        ...{ path, content },
      }));
      const change = await open({
        files: wanted,
        title: 'Wörter "und" <x> $y',
      });
      expect(filesOf(BRANCH)).toEqual({ ...filesOf('main'), ...files });
      expect(repository.read(head()).message).toMatch(
        /^Wörter "und" <x> \$y\n/,
      );
      const again = await open({ files: wanted, title: 'Wörter "und" <x> $y' });
      expect(again.headCommit).toBe(change.headCommit);
    });

    it('stops when nobody waits any more', async () => {
      const aborted = { signal: AbortSignal.abort() };
      const opening = proposer.open(location, request(), aborted);
      expect((await failureOf(opening)).code).toBe('timeout');
      expect(head()).toBe('');
    });

    it('says that a repository is gone, and which', async () => {
      await repository.remove();
      const error = await failureOf(open());
      expect(error.code).toBe('not-found');
      expect(error.message).toContain(location.remote);
    });
  });
}
