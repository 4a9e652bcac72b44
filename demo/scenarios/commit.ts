import type { Scenario } from './Scenario';

/** One more ordinary commit; in an empty repository, the first one. */
export const commit: Scenario = {
  title: 'pushes an ordinary commit',
  repository: 'payments/ledger',
  async play(copy, { now }) {
    const parent = await copy.commitOf(copy.branch);
    const path = 'CHANGELOG.md';
    const before =
      parent && (await copy.paths(parent)).includes(path)
        ? await copy.read(parent, path)
        : '# Changes\n';
    const pushed = await copy.commit(parent, 'Note what changed', {
      [path]: `${before.trimEnd()}\n- ${now.toISOString()}: one more change\n`,
    });
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `pushed a commit to ${copy.branch}`,
    };
  },
};
