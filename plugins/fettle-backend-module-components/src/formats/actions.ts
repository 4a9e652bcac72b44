import { component } from '../component';
import type { Format } from '../Format';

const WORKFLOW =
  /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/.+\.ya?ml$/;

/** Actions that workflows use, as `owner/name@ref`. Read by lines: their places count, and nothing else of the file. */
export const actions: Format = {
  title: 'workflows',
  matches: (name, path) =>
    WORKFLOW.test(path) || name === 'action.yml' || name === 'action.yaml',
  read({ path, text }) {
    return text.split('\n').flatMap((line, index) => {
      const [, name, , version] =
        /^\s*(?:-\s*)?uses:\s*["']?([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@([^\s"'#]+)/.exec(
          line,
        ) ?? [];
      if (!name) return [];
      return [
        component('GitHub Actions', {
          ...{ name, version, path, line: index + 1 },
          ...{ direct: true, scope: 'development' },
        }),
      ];
    });
  },
};
