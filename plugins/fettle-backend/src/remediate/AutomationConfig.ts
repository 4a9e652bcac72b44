import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { readFreeze, type FreezeWindow } from './limits/freezes';

/** What may be open, and begun in an hour, at most. */
export interface SharedLimits {
  openChanges: number;
  changesPerHour: number;
}

/** What stops a playbook for a host. */
export interface BreakerSettings {
  failures: number;
  withinMs: number;
  coolOffMs: number;
}

/** `fettle.automation`, read once at start. */
export interface AutomationConfig {
  /** Of each host, and of all together. */
  limits: { host: SharedLimits; fleet: SharedLimits };
  freezes: FreezeWindow[];
  breaker: BreakerSettings;
}

/** A bad value throws with its key, the value and what would be right. */
export function readAutomationConfig(root: Config): AutomationConfig {
  const config = root.getOptionalConfig('fettle.automation');
  return {
    limits: {
      host: limits(config, 'host', { openChanges: 50, changesPerHour: 100 }),
      fleet: limits(config, 'fleet', { openChanges: 200, changesPerHour: 300 }),
    },
    freezes: (config?.getOptionalConfigArray('freezes') ?? []).map(readFreeze),
    breaker: {
      failures: whole(config, 'breaker.failures', 3),
      withinMs: milliseconds(config, 'breaker.within', { days: 1 }),
      coolOffMs: milliseconds(config, 'breaker.coolOff', { hours: 4 }),
    },
  };
}

function limits(
  config: Config | undefined,
  of: string,
  byDefault: SharedLimits,
): SharedLimits {
  return {
    openChanges: whole(
      ...([config, `limits.${of}.openChanges`, byDefault.openChanges] as const),
    ),
    changesPerHour: whole(
      config,
      `limits.${of}.changesPerHour`,
      byDefault.changesPerHour,
    ),
  };
}

function whole(
  config: Config | undefined,
  key: string,
  byDefault: number,
): number {
  const value = config?.getOptionalNumber(key) ?? byDefault;
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InputError(
    `Invalid config at 'fettle.automation.${key}': ${value} is not a whole number from 1 on.`,
  );
}

function milliseconds(
  config: Config | undefined,
  key: string,
  byDefault: HumanDuration,
): number {
  const duration = config?.has(key)
    ? readDurationFromConfig(config, { key })
    : byDefault;
  const value = durationToMilliseconds(duration);
  if (value >= 1000) return value;
  throw new InputError(
    `Invalid config at 'fettle.automation.${key}': ${value} milliseconds are less than a second.`,
  );
}
