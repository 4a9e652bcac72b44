import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { join } from 'node:path';
import { type Location, readLocation } from './readLocation';

/** One ecosystem from one place. */
export interface Feed {
  /** `osv/npm`; the second of an ecosystem is `osv/npm/2`. */
  id: string;
  ecosystem: string;
  /** The folder or address with `all.zip`. */
  from: Location;
}

export interface VulnerabilitiesConfig {
  feeds: Feed[];
  epss?: Location;
  kev?: Location;
  refreshSeconds: { url: number; file: number };
}

const KEY = 'fettle.vulnerabilities';
const OSV_DEV = 'https://osv-vulnerabilities.storage.googleapis.com';
const ECOSYSTEM = /^[A-Za-z][A-Za-z0-9. _-]{0,62}$/;
const DEFAULT_SECONDS = { url: 3_600, file: 10 };
const SHORTEST_SECONDS = 5;

/** Reads `fettle.vulnerabilities`; a bad value throws with its key, the value and what would be right. */
export function readVulnerabilitiesConfig(root: Config): VulnerabilitiesConfig {
  const config = root.getOptionalConfig(KEY);
  const counts = new Map<string, number>();
  const feeds = (config?.getOptionalConfigArray('feeds') ?? []).flatMap(
    (feed, index) => {
      const key = `${KEY}.feeds[${index}]`;
      const from = readLocation(
        feed.getOptionalString('from') ?? OSV_DEV,
        `${key}.from`,
      );
      return readEcosystems(feed, key).map((ecosystem): Feed => {
        const count = (counts.get(ecosystem) ?? 0) + 1;
        counts.set(ecosystem, count);
        return {
          id: `osv/${ecosystem}${count > 1 ? `/${count}` : ''}`,
          ecosystem,
          from: below(from, ecosystem),
        };
      });
    },
  );
  return {
    feeds,
    epss: readOptional(config, 'epss'),
    kev: readOptional(config, 'kev'),
    refreshSeconds: readRefresh(config),
  };
}

function readEcosystems(feed: Config, key: string): string[] {
  const one = feed.getOptionalString('ecosystem');
  const many = feed.getOptionalStringArray('ecosystems');
  if ((one === undefined) === (many === undefined)) {
    throw new InputError(
      `Invalid config at '${key}': give either 'ecosystem' or 'ecosystems', for example ecosystems: [npm, PyPI].`,
    );
  }
  const ecosystems = many ?? [one!];
  for (const ecosystem of ecosystems) {
    if (!ECOSYSTEM.test(ecosystem)) {
      throw new InputError(
        `Invalid config at '${key}': '${ecosystem}' is not the name of an ecosystem. Write it as OSV does, for example npm, PyPI or crates.io.`,
      );
    }
  }
  return ecosystems;
}

function below(from: Location, ecosystem: string): Location {
  return from.kind === 'file'
    ? { kind: 'file', path: join(from.path, ecosystem) }
    : { kind: 'url', url: `${from.url}/${encodeURIComponent(ecosystem)}` };
}

function readOptional(
  config: Config | undefined,
  name: string,
): Location | undefined {
  const value = config?.getOptionalString(name);
  return value === undefined
    ? undefined
    : readLocation(value, `${KEY}.${name}`);
}

function readRefresh(config: Config | undefined) {
  if (!config?.has('refresh')) return DEFAULT_SECONDS;
  let seconds: number;
  try {
    seconds =
      durationToMilliseconds(
        readDurationFromConfig(config, { key: 'refresh' }),
      ) / 1_000;
  } catch (error) {
    throw new InputError(
      `Invalid config at '${KEY}.refresh': ${JSON.stringify(
        config.get('refresh'),
      )} is not a duration. Write for example '1h' or { minutes: 30 }.`,
      error,
    );
  }
  if (!(seconds >= SHORTEST_SECONDS)) {
    throw new InputError(
      `Invalid config at '${KEY}.refresh': ${seconds} seconds is too short, the least is ${SHORTEST_SECONDS}.`,
    );
  }
  return { url: seconds, file: seconds };
}
