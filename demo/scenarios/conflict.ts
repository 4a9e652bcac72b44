import { conflicted } from '../content/conflict';
import { newestCommit, type Scenario } from './Scenario';

/** A merge that was committed before it was finished. */
export const conflict: Scenario = {
  title: 'commits the markers of an unfinished merge',
  repository: 'web/design-system',
  async play(copy) {
    const parent = await newestCommit(copy);
    const pushed = await copy.commit(parent, "Merge branch 'settings'", {
      'src/settings.ts': `export const settings = {
${conflicted("  theme: 'dark',", "  theme: 'light',", 'settings')}
};
`,
    });
    await copy.push(pushed, copy.branch);
    return {
      branch: copy.branch,
      commit: pushed,
      summary: `committed a conflict in src/settings.ts on ${copy.branch}`,
    };
  },
};
