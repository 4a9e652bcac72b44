import type { IssueTracker } from '../contracts/IssueTracker';
import { failureOf } from './failureOf';
import type { ScriptedRepository } from './ScriptedRepository';

/**
 * What a test of a tracker must be able to do with it.
 *
 * @public
 */
export interface IssueTrackerHarness {
  tracker: IssueTracker;
  create(name: string): Promise<ScriptedRepository>;
  /** All issues of the repository, as the host has them, oldest first. */
  issues(repository: ScriptedRepository): Promise<
    {
      title: string;
      body: string;
      state: 'open' | 'closed';
      labels: readonly string[];
      comments: readonly string[];
    }[]
  >;
  dispose(): Promise<void>;
}

/**
 * What every tracker must keep. Call it at the top of a test file.
 *
 * @public
 */
export function issueTrackerContract(
  createHarness: () => Promise<IssueTrackerHarness>,
): void {
  describe('the issue tracker keeps the contract', () => {
    let harness: IssueTrackerHarness;
    let tracker: IssueTracker;
    let repository: ScriptedRepository;
    const options = { signal: new AbortController().signal };
    const marker = 'fettle-problem: 0123456789ab';
    const issue = {
      ...{ marker, title: 'It is *broken*', body: 'See <b>this</b>.' },
      labels: ['fettle'],
    };
    const open = (given: Partial<typeof issue> = {}) =>
      tracker.open(repository.location, { ...issue, ...given }, options);
    const close = (of = marker) =>
      tracker.close(
        repository.location,
        { marker: of, comment: 'It is mended.' },
        options,
      );
    const find = (of = marker) =>
      tracker.find(repository.location, of, options);

    beforeEach(async () => {
      harness = await createHarness();
      tracker = harness.tracker;
      repository = await harness.create('payments/ledger');
      await repository.commit({ at: '2026-05-20T12:00:00.000Z' });
    });
    afterEach(() => harness.dispose());

    it('covers the repository, and finds nothing in its way', async () => {
      const { location } = repository;
      expect(tracker.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(tracker.covers(location)).toBe(true);
      expect(tracker.hostOf(location)).not.toBe('');
      expect(await tracker.check(location, options)).toEqual([]);
      expect(await find()).toBeUndefined();
      expect(await close()).toBeUndefined();
    });

    it('opens an issue once, and brings it to what is known now', async () => {
      const first = await open();
      expect(first).toMatchObject({ state: 'open', title: 'It is *broken*' });
      expect(await open()).toEqual(first);
      const second = await open({ title: 'It is worse', body: 'Much.' });
      expect(second).toEqual({ ...first, title: 'It is worse' });
      expect(await find()).toEqual(second);
      const all = await harness.issues(repository);
      expect(all).toMatchObject([{ title: 'It is worse', labels: ['fettle'] }]);
      expect(all[0].body).toContain('Much.');
    });

    it('tells those of other markers apart', async () => {
      const first = await open();
      const other = await open({ marker: `${marker}0`, title: 'Another' });
      expect(other.id).not.toBe(first.id);
      expect((await find())?.id).toBe(first.id);
      expect((await find(`${marker}0`))?.id).toBe(other.id);
      expect(await find('fettle-problem: 0123')).toBeUndefined();
    });

    it('closes it with a last word, and opens a new one when it is back', async () => {
      const { id } = await open();
      expect(await close()).toMatchObject({ id, state: 'closed' });
      expect(await close()).toMatchObject({ id, state: 'closed' });
      const [closed] = await harness.issues(repository);
      expect(closed.comments).toEqual(['It is mended.']);
      const next = await open();
      expect(next).toMatchObject({ state: 'open' });
      expect(next.id).not.toBe(id);
      expect((await find())?.id).toBe(next.id);
      const states = (await harness.issues(repository)).map(one => one.state);
      expect(states).toEqual(['closed', 'open']);
    });

    it('says that a repository is gone', async () => {
      await repository.remove();
      expect((await failureOf(open())).code).toBe('not-found');
    });
  });
}
