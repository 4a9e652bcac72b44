import { newestCommit, type Scenario } from './Scenario';
import { sourceFolder } from './sourceFolder';

/** A commit that makes the unit tests of the pipeline fail. */
export const breakBuild: Scenario = {
  title: 'pushes a commit that breaks the pipeline',
  repository: 'payments/ledger',
  async play(copy) {
    const parent = await newestCommit(copy);
    const path = `${await sourceFolder(copy, parent)}/unfinished.txt`;
    const pushed = await copy.commit(parent, 'Begin with instalments', {
      [path]: 'FIXME: the last instalment is not booked yet\n',
    });
    await copy.push(pushed, copy.branch);
    return {
      ...{ branch: copy.branch, commit: pushed },
      summary: `pushed unfinished work to ${copy.branch}`,
    };
  },
};
