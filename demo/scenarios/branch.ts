import { newestCommit, type Scenario } from './Scenario';

/** Somebody starts to work on something. */
export const branch: Scenario = {
  title: 'pushes a new branch with one commit',
  repository: 'payments/ledger',
  async play(copy, { now }) {
    const parent = await newestCommit(copy);
    const name = `feature/${now.getTime().toString(36)}`;
    const pushed = await copy.commit(parent, 'Start something new', {
      'docs/idea.md': '# An idea\n\nMore soon.\n',
    });
    await copy.push(pushed, name);
    return {
      branch: name,
      commit: pushed,
      summary: `pushed the new branch ${name}`,
    };
  },
};
