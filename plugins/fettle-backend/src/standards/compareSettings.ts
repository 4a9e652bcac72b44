import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import { same } from './merge/values';

/** A setting that is not as it should be. */
export interface SettingDrift {
  /** For example `protection.reviews`. */
  name: string;
  is: unknown;
  should: unknown;
}

type Flat = Record<string, unknown>;

function flat({ protection, ...others }: RepositorySettings): Flat {
  const inner = Object.entries(protection ?? {}).map(([name, value]) => [
    ...[`protection.${name}`, value],
  ]);
  return Object.fromEntries([...Object.entries(others), ...inner]);
}

/** Lists are compared as sets. What the host does not show is `hidden`. */
export function compareSettings(
  should: RepositorySettings,
  is: RepositorySettings | undefined,
): { drifts: SettingDrift[]; hidden: string[] } {
  const known = flat(is ?? {});
  const drifts: SettingDrift[] = [];
  const hidden: string[] = [];
  for (const [name, value] of Object.entries(flat(should))) {
    if (value === undefined) continue;
    const found = known[name];
    if (found === undefined) hidden.push(name);
    else if (!same(sorted(found), sorted(value))) {
      drifts.push({ name, is: found, should: value });
    }
  }
  return { drifts, hidden };
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
