import { newestCommit, type Scenario } from './Scenario';

/** History is rewritten: the last commit is gone and another took its place. */
export const forcePush: Scenario = {
  title: 'rewrites the last commit and pushes by force',
  repository: 'payments/ledger',
  async play(copy, { now }) {
    const last = await newestCommit(copy);
    const before = await copy.parentOf(last);
    if (!before) {
      throw new Error('There is only one commit; nothing to rewrite it onto.');
    }
    const pushed = await copy.commit(before, 'Say it in other words', {
      'NOTES.md': `# Notes\n\nRewritten at ${now.toISOString()}.\n`,
    });
    await copy.push(pushed, copy.branch, { force: true });
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `replaced ${last.slice(0, 7)} on ${copy.branch} by force`,
    };
  },
};
