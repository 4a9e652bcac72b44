import { component } from '../component';
import type { Format } from '../Format';
import { readImage } from './docker/readImage';

const WORKFLOW =
  /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/.+\.ya?ml$/;
const USES =
  /^\s*(?:-\s+)?(?:"uses"|'uses'|uses)\s*:\s*(["']?)([^\s"'#]+)\1\s*(?:#\s*(\S+))?/;
const IMAGE = /^\s*(?:-\s+)?image\s*:\s*["']?(docker:\/\/[^\s"'#]+)/;
const ACTION = /^([\w.-]+\/[\w.-]+)(?:\/[^@]*)?@(.+)$/;

/**
 * Actions that workflows use, as `owner/name@ref`. Read by lines: their places
 * count, and nothing else of the file, of which a template may be no YAML.
 */
export const actions: Format = {
  title: 'a workflow',
  matches: (name, path) =>
    WORKFLOW.test(path) || name === 'action.yml' || name === 'action.yaml',
  read({ path, text }) {
    return text.split('\n').flatMap((raw, index) => {
      const line = raw.slice(0, 1_000);
      const [, , used = IMAGE.exec(line)?.[1], comment] = USES.exec(line) ?? [];
      if (!used) return [];
      const at = {
        ...{ path, line: index + 1, direct: true },
        scope: 'development' as const,
      };
      if (used.startsWith('docker://')) {
        const image = readImage(used.slice('docker://'.length));
        return image ? component('docker', { ...image, ...at }) : [];
      }
      const [, name, version] = ACTION.exec(used) ?? [];
      if (!name || name.startsWith('.') || version.includes('${{')) return [];
      const pinned = /^[0-9a-f]{40,64}$/.test(version);
      // Next to a commit people write which release it was.
      const told = pinned && /^v?\d/.test(comment ?? '') ? comment : undefined;
      return component('GitHub Actions', {
        ...{ name, version, ...at, requirement: told },
      });
    });
  },
};
