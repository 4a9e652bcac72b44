import { newestCommit, type Scenario } from './Scenario';
import { sourceFolder } from './sourceFolder';

/** Finishes what `break-build` left unfinished. */
export const fixBuild: Scenario = {
  title: 'pushes a commit that mends what break-build broke',
  repository: 'payments/ledger',
  async play(copy) {
    const parent = await newestCommit(copy);
    const path = `${await sourceFolder(copy, parent)}/unfinished.txt`;
    if (!(await copy.paths(parent)).includes(path)) {
      throw new Error('Nothing is broken there; play `break-build` first.');
    }
    const pushed = await copy.commit(parent, 'Book the last instalment', {
      [path]: null,
    });
    await copy.push(pushed, copy.branch);
    return {
      ...{ branch: copy.branch, commit: pushed },
      summary: `pushed the finished work to ${copy.branch}`,
    };
  },
};
