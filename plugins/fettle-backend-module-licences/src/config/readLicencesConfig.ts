import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Severity } from 'backstage-plugin-fettle-common';
import { isLicence } from '../judge/isLicence';

/** A package that is let through. */
export interface LicenceException {
  ecosystem: string;
  name: string;
  version?: string;
}

/** What licences are judged by. */
export interface LicenceRules {
  /** Null: all that are not denied. */
  allow: string[] | null;
  deny: string[];
  exceptions: LicenceException[];
  unknown: 'ignore' | 'report';
  severity: Severity;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** Reads `fettle.licences`, undefined where there is none; a bad value throws with its key, the value and what would be right. */
export function readLicencesConfig(root: Config): LicenceRules | undefined {
  const config = root.getOptionalConfig('fettle.licences');
  if (!config) return undefined;
  const allow = readList(config, 'allow');
  const deny = readList(config, 'deny') ?? [];
  if (!allow && deny.length === 0) {
    throw new InputError(
      "Invalid config at 'fettle.licences': it neither allows nor denies anything. Write for example 'deny: [AGPL-*]', or take it out.",
    );
  }
  return {
    ...{ allow, deny },
    exceptions: (config.getOptionalConfigArray('exceptions') ?? []).map(
      readException,
    ),
    unknown: readOneOf(config, 'unknown', ['ignore', 'report'] as const),
    severity: readOneOf(config, 'severity', ['high', ...SEVERITIES] as const),
  };
}

function readList(config: Config, key: string): string[] | null {
  const list = config.getOptionalStringArray(key);
  if (!list) return null;
  list.forEach((value, index) => {
    if (isLicence(value)) return;
    throw new InputError(
      `Invalid config at 'fettle.licences.${key}[${index}]': '${value}' is no SPDX id of a licence. Write for example 'Apache-2.0', 'BSD-*', 'GPL-2.0-only WITH Classpath-exception-2.0' or 'LicenseRef-acme' (https://spdx.org/licenses).`,
    );
  });
  return list;
}

function readException(config: Config): LicenceException {
  // It is for those who read the config.
  config.getString('reason');
  return {
    ecosystem: config.getString('ecosystem'),
    name: config.getString('name'),
    version: config.getOptionalString('version'),
  };
}

/** The first is the default. */
function readOneOf<T extends string>(
  config: Config,
  key: string,
  values: readonly [T, ...T[]],
): T {
  const given = config.getOptionalString(key);
  const found =
    given === undefined ? values[0] : values.find(one => one === given);
  if (found) return found;
  throw new InputError(
    `Invalid config at 'fettle.licences.${key}': '${given}' is none of ${[
      ...new Set(values),
    ].join(', ')}.`,
  );
}
