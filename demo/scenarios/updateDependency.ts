import { newestCommit, type Scenario } from './Scenario';

const PATH = 'services/api/package-lock.json';
const MANIFEST = 'services/api/package.json';

/** Updates what has known vulnerabilities, as a person would with npm. */
export const updateDependency: Scenario = {
  title: 'updates lodash to a version without known vulnerabilities',
  repository: 'platform/monorepo',
  async play(copy) {
    const parent = await newestCommit(copy);
    const update = async (path: string) => {
      const before = await copy.read(parent, path);
      const after = before.replaceAll('4.17.10', '4.17.21');
      if (after === before) {
        throw new Error(`${path} has no lodash 4.17.10 to update.`);
      }
      return after;
    };
    const pushed = await copy.commit(parent, 'Update lodash', {
      [PATH]: await update(PATH),
      [MANIFEST]: await update(MANIFEST),
    });
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `updated lodash on ${copy.branch}`,
    };
  },
};
