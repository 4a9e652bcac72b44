import { newestCommit, type Scenario } from './Scenario';

/** The last commit was a mistake. */
export const revert: Scenario = {
  title: 'reverts the last commit',
  repository: 'payments/ledger',
  async play(copy) {
    const last = await newestCommit(copy);
    const before = await copy.parentOf(last);
    if (!before) {
      throw new Error(
        'There is only one commit; nothing is left to go back to.',
      );
    }
    const subject = await copy.subjectOf(last);
    const pushed = await copy.commitTreeOf(
      before,
      last,
      `Revert "${subject}"\n\nThis reverts commit ${last}.`,
    );
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `reverted "${subject}" on ${copy.branch}`,
    };
  },
};
