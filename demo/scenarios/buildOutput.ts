import { newestCommit, type Scenario } from './Scenario';

/** Somebody adds everything, what was built included. */
export const buildOutput: Scenario = {
  title: 'commits node_modules',
  repository: 'payments/ledger',
  async play(copy) {
    const parent = await newestCommit(copy);
    const pushed = await copy.commit(parent, 'Add all files', {
      'node_modules/left-pad/package.json':
        '{\n  "name": "left-pad",\n  "version": "1.3.0"\n}\n',
      'node_modules/left-pad/index.js':
        'module.exports = (text, width) => String(text).padStart(width);\n',
    });
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `committed node_modules on ${copy.branch}`,
    };
  },
};
