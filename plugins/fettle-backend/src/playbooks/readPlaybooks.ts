import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Playbook } from 'backstage-plugin-fettle-common';
import type { LoadedPlaybook } from './LoadedPlaybook';
import { loadPlaybook, parseSettings, type Known } from './loadPlaybook';
import { PlaybookError } from './PlaybookError';
import {
  ID,
  playbookSettingsSchema,
  type PlaybookSettings,
} from './playbookSettings';
import { STARTER_PLAYBOOKS } from './starterPlaybooks';

/**
 * Reads `fettle.playbooks`, on top of those that ship with Fettle. Throws where
 * something is wrong: the key, the value, and what would be right. What ships
 * and names a step that is not installed is told by `onLeftOut`, unless config
 * is about it.
 */
export function readPlaybooks(
  root: Config,
  known: Known,
  onLeftOut: (id: string, why: string) => void = () => {},
): LoadedPlaybook[] {
  const config = root.getOptionalConfig('fettle.playbooks');
  const written = new Set(config?.keys() ?? []);
  const ids = new Set([...Object.keys(STARTER_PLAYBOOKS), ...written]);
  return [...ids].sort().flatMap(id => {
    const starter = Object.hasOwn(STARTER_PLAYBOOKS, id)
      ? STARTER_PLAYBOOKS[id]
      : undefined;
    try {
      const given = written.has(id) ? read(id, config!.get(id)) : {};
      if (given.enabled === false) return [];
      const kind = starter ? 'built-in' : 'config';
      const settings = { ...starter, ...given };
      return [loadPlaybook(id, settings, { origin: originOf(kind), known })];
    } catch (error) {
      if (!(error instanceof PlaybookError)) throw error;
      if (written.has(id)) throw inConfig(id, error);
      onLeftOut(id, error.message);
      return [];
    }
  });
}

function read(id: string, written: unknown): PlaybookSettings {
  if (!ID.test(id)) {
    throw new PlaybookError(
      `'${id}' is no id of a playbook. Use lower case letters, digits and dashes, at most 64`,
      [],
    );
  }
  return parseSettings(playbookSettingsSchema, written);
}

function originOf(kind: 'built-in' | 'config'): Playbook['origin'] {
  return { kind, repository: null, path: null, line: null, commit: null };
}

function inConfig(id: string, { path, message }: PlaybookError): InputError {
  const key = ['fettle.playbooks', id, ...path.map(String)].join('.');
  const end = /[.!?:]$/.test(message) ? '' : '.';
  return new InputError(`Invalid config at '${key}': ${message}${end}`);
}
