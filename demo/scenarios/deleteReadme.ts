import { newestCommit, type Scenario } from './Scenario';

/** Somebody tidies up and takes the README along. */
export const deleteReadme: Scenario = {
  title: 'deletes the README',
  repository: 'payments/ledger',
  async play(copy) {
    const parent = await newestCommit(copy);
    const readmes = (await copy.paths(parent)).filter(path =>
      /^(docs\/)?readme(\.\w+)?$/i.test(path),
    );
    if (readmes.length === 0) {
      throw new Error('There is no README to delete; play `revert` or `fix`.');
    }
    const pushed = await copy.commit(
      parent,
      'Tidy up',
      Object.fromEntries(readmes.map(path => [path, null])),
    );
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `deleted ${readmes.join(' and ')} on ${copy.branch}`,
    };
  },
};
