import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { loadStandard } from './loadStandard';
import type { LoadedStandard } from './LoadedStandard';
import { standardSettingsSchema } from './standardSchema';
import { STARTER_STANDARDS } from './starterStandards';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const HERE = { repository: null, path: null, commit: null };

/**
 * Reads `fettle.standards`, on top of those that ship with Fettle. Throws where
 * something is wrong: the key, and what would be right.
 */
export function readStandards(root: Config): LoadedStandard[] {
  const config = root.getOptionalConfig('fettle.standards');
  const ids = new Set([
    ...Object.keys(STARTER_STANDARDS),
    ...(config?.keys() ?? []),
  ]);
  return [...ids].sort().flatMap(id => {
    const key = `fettle.standards.${id}`;
    if (!ID.test(id)) {
      throw new InputError(
        `Invalid config at '${key}': '${id}' is no id of a standard. Use lower case letters, digits and dashes, at most 64.`,
      );
    }
    const starter = Object.hasOwn(STARTER_STANDARDS, id)
      ? STARTER_STANDARDS[id]
      : undefined;
    const given: unknown = config?.getOptional(id) ?? {};
    const parsed = standardSettingsSchema.safeParse({
      ...starter,
      ...(given as object),
    });
    if (!parsed.success) {
      throw new InputError(
        `Invalid config at '${key}': ${z.prettifyError(parsed.error)}`,
      );
    }
    if (!parsed.data.enabled) return [];
    const kind = starter ? 'built-in' : 'config';
    try {
      return [loadStandard(id, parsed.data, { kind, ...HERE })];
    } catch (error) {
      throw new InputError(
        `Invalid config at '${key}': ${(error as Error).message}`,
      );
    }
  });
}
