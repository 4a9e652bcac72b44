import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { InputError } from '@backstage/errors';
import type { CheckSettings } from '../evaluate/ConfiguredCheck';

/** The settings of the plugin, read once at start. Durations are seconds. */
export interface FettleConfig {
  /** How often a repository is read when nothing tells of a change. */
  collectEverySeconds: number;
  /** How often the catalog and the sources are asked which repositories there are. */
  discoverEverySeconds: number;
  /** Kinds of entities whose source location names their repository. */
  kinds: string[];
  /** What the catalog and the sources no longer name is forgotten after this. */
  forgetAfterSeconds: number;
  /** A reading older than this is stale. */
  staleAfterSeconds: number;
  /** One reading may take this long. */
  collectTimeoutSeconds: number;
  /** Readings at the same time in one replica. */
  concurrency: number;
  /** History older than this many days is deleted. */
  keepDays: number;
  /** A delivery may have this many bytes. */
  maxDeliveryBytes: number;
  /** Deliveries older than this many days are deleted. */
  keepDeliveriesDays: number;
  /** Topics of the events service that deliveries are taken from. */
  deliveryTopics: string[];
  /** Runs older than this many days are deleted; their numbers by day are kept as long as history. */
  keepRunsDays: number;
  /** How often a host is asked about the runs of a repository. */
  reconcileEverySeconds: number;
  /** How far back the first question goes. */
  firstRunsDays: number;
  /** Environments that count as production where their host does not say, in lower case. */
  productionEnvironments: string[];
  /** Scans at the same time in one replica. */
  scanConcurrency: number;
  /** One scan by one scanner may take this long. */
  scanTimeoutSeconds: number;
  /** Whether histories are scanned, where a scanner asks for it. */
  scanHistory: boolean;
  /** The scan of one history may take this long. */
  scanHistoryTimeoutSeconds: number;
  /** Memory of the thread of a scan. */
  scanMemoryMiB: number;
  /** Days until an open finding is due, by severity. */
  dueDays: Record<string, number>;
  /** Packages about which registries are asked in a minute. */
  releasesPerMinute: number;
  /** How often they are asked about one package. */
  releasesEverySeconds: number;
  checks: Map<string, CheckSettings>;
}

/** Reads `fettle`; a bad value throws with its key, the value and what would be right. */
export function readFettleConfig(root: Config): FettleConfig {
  const config = root.getOptionalConfig('fettle');
  const collectEverySeconds = seconds(config, 'collect.every', { hours: 1 });
  const result: FettleConfig = {
    collectEverySeconds,
    discoverEverySeconds: seconds(config, 'discover.every', { seconds: 30 }),
    kinds: config?.getOptionalStringArray('discover.kinds') ?? ['Component'],
    forgetAfterSeconds: seconds(config, 'discover.forgetAfter', {
      minutes: 10,
    }),
    staleAfterSeconds: seconds(config, 'staleAfter', { hours: 6 }),
    collectTimeoutSeconds: seconds(config, 'collect.timeout', { minutes: 5 }),
    concurrency: whole(config, 'collect.concurrency', 8, 1, 64),
    keepDays: whole(config, 'history.keepDays', 400, 1, 3650),
    maxDeliveryBytes: whole(
      config,
      'deliveries.maxBytes',
      25 * 1024 * 1024,
      1024,
      100 * 1024 * 1024,
    ),
    keepDeliveriesDays: whole(config, 'deliveries.keepDays', 14, 1, 365),
    deliveryTopics: config?.getOptionalStringArray('deliveries.topics') ?? [],
    keepRunsDays: whole(config, 'pipelines.keepDays', 90, 7, 3650),
    reconcileEverySeconds: seconds(config, 'pipelines.reconcileEvery', {
      minutes: 10,
    }),
    firstRunsDays: whole(config, 'pipelines.firstDays', 14, 1, 90),
    productionEnvironments: (
      config?.getOptionalStringArray('pipelines.productionEnvironments') ?? [
        'production',
        'prod',
        'live',
      ]
    ).map(name => name.toLocaleLowerCase('en-US')),
    scanConcurrency: whole(config, 'scans.concurrency', 1, 1, 16),
    scanTimeoutSeconds: seconds(config, 'scans.timeout', { minutes: 1 }),
    scanHistory: config?.getOptionalBoolean('scans.history') ?? true,
    scanHistoryTimeoutSeconds: seconds(config, 'scans.historyTimeout', {
      minutes: 30,
    }),
    scanMemoryMiB: whole(config, 'scans.memoryMiB', 512, 64, 16_384),
    dueDays: {
      critical: whole(config, 'findings.dueDays.critical', 7, 1, 3650),
      high: whole(config, 'findings.dueDays.high', 30, 1, 3650),
      medium: whole(config, 'findings.dueDays.medium', 90, 1, 3650),
      low: whole(config, 'findings.dueDays.low', 180, 1, 3650),
    },
    releasesPerMinute: whole(config, 'releases.perMinute', 60, 1, 600),
    releasesEverySeconds: seconds(config, 'releases.every', { hours: 24 }),
    checks: new Map(),
  };
  if (result.staleAfterSeconds <= collectEverySeconds) {
    throw new InputError(
      `Invalid config at 'fettle.staleAfter': ${result.staleAfterSeconds} seconds is not longer than 'fettle.collect.every' (${collectEverySeconds} seconds), so every repository would be stale before its next reading. Make it at least twice as long.`,
    );
  }
  const checks = config?.getOptionalConfig('checks');
  for (const id of checks?.keys() ?? []) {
    result.checks.set(id, readCheckSettings(checks!.getConfig(id), id));
  }
  return result;
}

function readCheckSettings(config: Config, id: string): CheckSettings {
  const key = `fettle.checks.${id}`;
  const known = ['enabled', 'weight', 'parameters'];
  const unknown = config.keys().find(k => !known.includes(k));
  if (unknown) {
    throw new InputError(
      `Invalid config at '${key}.${unknown}': there is no such key. Use one of ${known.join(
        ', ',
      )}.`,
    );
  }
  const weight = config.getOptionalNumber('weight');
  if (
    weight !== undefined &&
    weight !== 0 &&
    !(weight >= 0.001 && weight <= 100)
  ) {
    throw new InputError(
      `Invalid config at '${key}.weight': ${weight} is neither 0 nor a number from 0.001 to 100.`,
    );
  }
  return {
    enabled: config.getOptionalBoolean('enabled') ?? true,
    weight,
    parameters: config.getOptional('parameters') ?? {},
  };
}

function seconds(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): number {
  let duration = fallback;
  if (config?.has(key)) {
    try {
      duration = readDurationFromConfig(config, { key });
    } catch (error) {
      throw new InputError(
        `Invalid config at 'fettle.${key}': ${JSON.stringify(
          config.getOptional(key),
        )} is not a duration. Write for example '30s', '5 minutes' or { hours: 1 }.`,
        error,
      );
    }
  }
  const value = durationToMilliseconds(duration) / 1000;
  if (!(value >= 1)) {
    throw new InputError(
      `Invalid config at 'fettle.${key}': ${value} seconds is too short. Use at least one second.`,
    );
  }
  return value;
}

function whole(
  config: Config | undefined,
  key: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = config?.getOptional(key) ?? fallback;
  if (
    !Number.isInteger(value) ||
    (value as number) < min ||
    (value as number) > max
  ) {
    throw new InputError(
      `Invalid config at 'fettle.${key}': ${JSON.stringify(
        value,
      )} is not a whole number from ${min} to ${max}.`,
    );
  }
  return value as number;
}
