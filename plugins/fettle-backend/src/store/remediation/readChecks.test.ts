import type { RunReport } from 'backstage-plugin-fettle-node';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { describeStore } from '../testDatabases';
import { at, repository } from '../testReadings';
import { readChecks } from './readChecks';

jest.setTimeout(180_000);

describeStore('what CI said of a commit', init => {
  it('is as bad as its worst run, by the newest attempt at each', async () => {
    const { store, knex } = await init();
    await store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [], at: at(1) },
    });
    const runs = new DatabaseRunStore(knex, () => false);
    const tell = async (
      runId: string,
      state: RunReport['state'],
      attempt = 1,
    ) => {
      const run: RunReport = {
        repository: { remote: 'https://git.example.com/a' },
        ...{ pipeline: { id: runId }, runId, attempt, state, commit: 'c1' },
      };
      const told = { sourceId: 'ci', runs: [run], deployments: [] };
      await runs.apply([told], at(1));
      return readChecks(knex, 'a', 'c1');
    };
    expect(await readChecks(knex, 'a', 'c1')).toBe('none');
    expect(await tell('lint', 'succeeded')).toBe('passed');
    expect(await tell('test', 'queued')).toBe('pending');
    expect(await tell('test', 'failed')).toBe('failed');
    expect(await tell('test', 'running', 2)).toBe('pending');
    expect(await tell('test', 'succeeded', 2)).toBe('passed');
    expect(await readChecks(knex, 'a', 'c2')).toBe('none');
    expect(await readChecks(knex, 'b', 'c1')).toBe('none');
  });
});
