import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { InputError } from '@backstage/errors';
import { redactSecrets } from '../git/redactSecrets';
import { parseRemote } from '../locate/RemoteAddress';
import type { ConfiguredRepository, GitConfig } from './GitConfig';
import { messageOf } from '../errors';

const REPOSITORY_EXAMPLES =
  'a remote such as https://git.example.com/payments/ledger or ssh://git@git.example.com/payments/ledger, or a folder such as ../repositories';

/**
 * Reads `fettle.git`. Throws an {@link InputError} with the key, the value and
 * what would be right; a folder that is not there is no such error, as it may
 * be mounted later.
 */
export function readGitConfig(
  root: Config,
  options: { cwd: string } = { cwd: process.cwd() },
): GitConfig {
  const config = root.getOptionalConfig('fettle.git');
  const projectFolder = findProjectFolder(options.cwd);
  const folder = (value: string) => {
    const here = path.resolve(options.cwd, value);
    return existsSync(here) ? here : path.resolve(projectFolder, value);
  };

  return {
    repositories: readStrings(config, 'repositories', REPOSITORY_EXAMPLES).map(
      ({ key, value }) => readRepository(key, value, folder),
    ),
    allowedFolders: readStrings(
      config,
      'allowedFolders',
      'a folder such as /srv/git',
    ).map(({ value }) => folder(value)),
    allowedHosts: readStrings(
      config,
      'allowedHosts',
      'a host such as git.example.com',
    ).map(({ key, value }) => readHost(key, value)),
    cacheDir: readCacheDir(root, config, folder),
    projectFolder,
    concurrency: readCount(config, 'concurrency', 8),
    hostConcurrency: readCount(config, 'hostConcurrency', 4),
    checkTimeoutMs: readDuration(config, 'checkTimeout', 30_000),
    fetchTimeoutMs: readDuration(config, 'fetchTimeout', 10 * 60_000),
    maxMirrorBytes:
      readCount(config, 'maxMirrorMegabytes', 10_240) * 1024 * 1024,
    maxFiles: readCount(config, 'maxFiles', 500_000),
  };
}

/** The nearest folder upwards that is a Backstage project. */
function findProjectFolder(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'backstage.json'))) return folder;
    if (path.dirname(folder) === folder) return from;
  }
}

function readRepository(
  key: string,
  value: string,
  folder: (value: string) => string,
): ConfiguredRepository {
  const where = `${key}: ${redactSecrets(value)}`;
  if (value.startsWith('file://')) {
    try {
      return { where, folder: folder(decodeURI(new URL(value).pathname)) };
    } catch {
      throw wrong(key, value, REPOSITORY_EXAMPLES);
    }
  }
  const isRemote =
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    /^[^/]*@[^/]*:/.test(value) ||
    /^[a-z0-9+.-]*::/i.test(value) ||
    value.startsWith('-');
  if (!isRemote) return { where, folder: folder(value) };
  try {
    return { where, address: parseRemote(value) };
  } catch (error) {
    throw wrong(key, value, REPOSITORY_EXAMPLES, messageOf(error));
  }
}

function readHost(key: string, value: string) {
  const match =
    /^(?:(https?):\/\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)\/?$/i.exec(
      value,
    );
  if (!match) {
    throw wrong(
      key,
      value,
      'a host such as git.example.com, or http://git.example.com:3000 for one without encryption',
    );
  }
  return {
    protocol: (match[1] ?? 'https').toLowerCase() as 'https' | 'http',
    host: match[2].toLowerCase(),
  };
}

function readCacheDir(
  root: Config,
  config: Config | undefined,
  folder: (value: string) => string,
) {
  const configured = config?.getOptional('cacheDir');
  if (configured !== undefined) {
    if (typeof configured !== 'string' || configured === '') {
      throw wrong('fettle.git.cacheDir', configured, 'a folder such as .cache');
    }
    return folder(configured);
  }
  const base = root.getOptionalString('backend.workingDirectory') ?? tmpdir();
  return path.join(base, 'fettle-git-cache');
}

function readStrings(config: Config | undefined, name: string, right: string) {
  const value = config?.getOptional(name);
  if (value === undefined) return [];
  const key = `fettle.git.${name}`;
  if (!Array.isArray(value)) throw wrong(key, value, `a list, each ${right}`);
  return value.map((item, index) => {
    if (typeof item !== 'string' || item.trim() === '' || /\0/.test(item)) {
      throw wrong(`${key}[${index}]`, item, right);
    }
    return { key: `${key}[${index}]`, value: item };
  });
}

function readCount(
  config: Config | undefined,
  name: string,
  otherwise: number,
): number {
  const value = config?.getOptional(name) ?? otherwise;
  const count = typeof value === 'string' ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    throw wrong(`fettle.git.${name}`, value, 'a whole number of at least 1');
  }
  return count;
}

function readDuration(
  config: Config | undefined,
  name: string,
  otherwise: number,
): number {
  if (!config?.has(name)) return otherwise;
  const right = 'a duration such as 30s, PT30S or { seconds: 30 }';
  let milliseconds: number;
  try {
    milliseconds = durationToMilliseconds(
      readDurationFromConfig(config, { key: name }),
    );
  } catch {
    throw wrong(`fettle.git.${name}`, config.get(name), right);
  }
  if (!(milliseconds > 0)) {
    throw wrong(`fettle.git.${name}`, config.get(name), right);
  }
  return milliseconds;
}

function wrong(key: string, value: unknown, right: string, why?: string) {
  const shown = redactSecrets(JSON.stringify(value) ?? String(value));
  return new InputError(
    `Invalid config ${key}: ${shown} cannot be used${
      why ? ` (${why})` : ''
    }. Right would be ${right}.`,
  );
}
