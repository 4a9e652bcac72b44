import { catalogInfo, codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import type { Files } from '../history/History';
import { newestCommit, type Scenario } from './Scenario';

const BUILD_OUTPUT =
  /(^|\/)(node_modules|__pycache__)\/|^(dist|target|build)\/|\.pyc$/;
const CONFLICT = /^<{7} .*\n([^]*?)^={7}\n[^]*?^>{7} .*\n/gm;

/** Puts right what can be put right by changing files. */
export const fix: Scenario = {
  title: 'adds what is missing and removes what should not be there',
  repository: 'web/storefront',
  async play(copy, { now, component }) {
    const parent = await newestCommit(copy);
    const paths = await copy.paths(parent);
    const files: Files = {};
    for (const path of paths) {
      if (BUILD_OUTPUT.test(path)) {
        files[path] = null;
      } else if (/CODEOWNERS$/.test(path)) {
        files[path] = codeowners(component?.owner ?? 'platform');
      } else if (/\.(ts|js)$/.test(path)) {
        const content = await copy.read(parent, path);
        if (/^<{7} /m.test(content)) {
          files[path] = `${content}\n`.replace(CONFLICT, '$1');
        }
      }
    }
    files['README.md'] = readme(
      'About this repository',
      'What it is, how it is built and whom to ask: all that a newcomer needs to\nmake a first change on the first day.',
      { build: 'see .ci/run', test: '.ci/run' },
    );
    files.LICENSE = mitLicence(now.getUTCFullYear());
    if (!paths.some(path => /CODEOWNERS$/.test(path))) {
      files.CODEOWNERS = codeowners(component?.owner ?? 'platform');
    }
    if (component && !component.subpath) {
      files['catalog-info.yaml'] = catalogInfo(component);
    }
    const pushed = await copy.commit(parent, 'Put it right', files);
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `put ${Object.keys(files).length} files right on ${copy.branch}`,
    };
  },
};
