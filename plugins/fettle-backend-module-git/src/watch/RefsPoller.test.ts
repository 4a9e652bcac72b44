import { GitFixtures } from '../testing/GitFixtures';
import { RefsPoller } from './RefsPoller';

it('notices a commit, a new branch, another default and the end', async () => {
  const fixtures = new GitFixtures();
  const repository = fixtures.create('ledger');
  await repository.commit({ at: '2026-05-30T10:00:00Z' });
  const folders = { gitDir: repository.folder, commonDir: repository.folder };
  let changes = 0;
  const poller = new RefsPoller(folders, () => {
    changes += 1;
  });
  poller.close();
  await poller.look();

  const noticed = async (act: () => Promise<unknown>) => {
    const before = changes;
    await act();
    await poller.look();
    return changes - before;
  };
  expect(await noticed(async () => {})).toBe(0);
  const at = '2026-05-31T10:00:00Z';
  expect(await noticed(() => repository.commit({ at }))).toBe(1);
  expect(
    await noticed(() => repository.commit({ at, branch: 'new/one' })),
  ).toBe(1);
  expect(await noticed(() => repository.setDefaultBranch('new/one'))).toBe(1);
  expect(await noticed(() => repository.remove())).toBe(1);
  await fixtures.dispose();
});
