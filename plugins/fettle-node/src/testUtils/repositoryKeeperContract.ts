import type {
  RepositoryKeeper,
  RepositorySettings,
} from '../contracts/RepositoryKeeper';
import { failureOf } from './failureOf';
import type { ChangeableRepository } from './ScriptedRepository';

/**
 * What a test of a keeper must be able to do with it.
 *
 * @public
 */
export interface RepositoryKeeperHarness {
  keeper: RepositoryKeeper;
  create(name: string): Promise<ChangeableRepository>;
  /** Settings that differ from those of a new repository, each of which is set by itself. */
  settings: readonly RepositorySettings[];
  dispose(): Promise<void>;
}

/**
 * What every keeper must keep. Call it at the top of a test file.
 *
 * @public
 */
export function repositoryKeeperContract(
  createHarness: () => Promise<RepositoryKeeperHarness>,
): void {
  describe('the repository keeper keeps the contract', () => {
    let harness: RepositoryKeeperHarness;
    let keeper: RepositoryKeeper;
    let repository: ChangeableRepository;
    let first: string;
    let second: string;
    const at = '2026-05-20T12:00:00.000Z';
    const options = { signal: new AbortController().signal };

    beforeEach(async () => {
      harness = await createHarness();
      keeper = harness.keeper;
      repository = await harness.create('payments/ledger');
      first = await repository.commit({ at, files: { a: 'a' } });
      const files = { b: 'b' };
      second = await repository.commit({ at, branch: 'topic/one', files });
    });
    afterEach(() => harness.dispose());

    it('covers the repository, and finds nothing in its way', async () => {
      const { location } = repository;
      expect(keeper.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(keeper.covers(location)).toBe(true);
      expect(keeper.hostOf(location)).not.toBe('');
      for (const what of ['branches', 'settings'] as const) {
        if (what === 'settings' && !keeper.applySettings) continue;
        expect(await keeper.check(location, { ...options, what })).toEqual([]);
      }
    });

    it('deletes a branch where it is what was seen, and restores it', async () => {
      if (!keeper.deleteBranch || !keeper.restoreBranch) return;
      const { location } = repository;
      const remove = (name: string, commit: string) =>
        keeper.deleteBranch!(location, { name, commit }, options);
      const restore = (name: string, commit: string) =>
        keeper.restoreBranch!(location, { name, commit }, options);
      expect((await failureOf(remove('topic/one', first))).code).toBe('moved');
      expect(repository.find('topic/one')).toBe(second);
      await remove('topic/one', second);
      await remove('topic/one', second);
      expect(repository.find('topic/one')).toBe('');
      await restore('topic/one', second);
      await restore('topic/one', second);
      expect(repository.find('topic/one')).toBe(second);
      expect((await failureOf(restore('topic/one', first))).code).toBe('moved');
      expect(repository.find('topic/one')).toBe(second);
      const gone = 'e'.repeat(first.length);
      expect((await failureOf(restore('gone', gone))).code).toBe('moved');
    });

    it('never deletes the default branch, nor what is none', async () => {
      if (!keeper.deleteBranch) return;
      for (const name of ['main', '../main', 'a b', '-d', 'x^{}', '']) {
        const branch = { name, commit: first };
        const error = await failureOf(
          keeper.deleteBranch(repository.location, branch, options),
        );
        expect(error.code).toBe('invalid');
      }
      expect(repository.find('main')).toBe(first);
    });

    it('changes the settings that are given, and no others', async () => {
      if (!keeper.readSettings || !keeper.applySettings) return;
      const { location } = repository;
      let expected = await keeper.readSettings(location, options);
      expect(harness.settings.length).toBeGreaterThan(0);
      for (const given of harness.settings) {
        expect(expected).not.toMatchObject(given);
        for (let times = 0; times < 2; times++) {
          await keeper.applySettings(location, given, options);
        }
        const { protection, ...rest } = given;
        const is = await keeper.readSettings(location, options);
        expect(is).toMatchObject(given);
        // What protects a branch was unknown where nothing did.
        const was = expected.protection?.protected
          ? { ...expected.protection, ...protection }
          : is.protection;
        expected = { ...expected, ...rest, protection: was };
        expect(is).toEqual(expected);
      }
    });

    it('says that a repository is gone', async () => {
      const { location } = repository;
      await repository.remove();
      const branch = { name: 'topic/one', commit: second };
      const calls = [
        keeper.deleteBranch?.(location, branch, options),
        keeper.readSettings?.(location, options),
      ];
      for (const call of calls.filter(one => one !== undefined)) {
        expect((await failureOf(call)).code).toBe('not-found');
      }
    });
  });
}
