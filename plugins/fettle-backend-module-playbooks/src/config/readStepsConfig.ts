import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readAddress } from './readAddress';
import type {
  Credentials,
  DependencyConfig,
  McpServer,
  PackageRegistry,
  StepsConfig,
  WebhookTarget,
} from './StepsConfig';

/** Kinds of registries of packages, with where each is by default. */
const REGISTRIES: Record<string, string> = {
  npm: 'https://registry.npmjs.org',
  pypi: 'https://pypi.org/simple',
  go: 'https://proxy.golang.org',
  crates: 'https://index.crates.io',
  packagist: 'https://repo.packagist.org',
};
const IMAGES: Record<string, string> = {
  'docker.io': 'https://registry-1.docker.io',
};
const MEGABYTE = 1024 * 1024;

/** Reads `fettle.steps`, `fettle.mcpServers` and `fettle.webhooks`. A bad value throws with its key, the value and what would be right. */
export function readStepsConfig(root: Config): StepsConfig {
  const steps = root.getOptionalConfig('fettle.steps');
  const actions = steps?.getOptionalConfigArray('pinActions.hosts') ?? [];
  const images = steps?.getOptionalConfigArray('pinImages.registries') ?? [];
  return {
    dependencies: readDependencies(
      steps?.getOptionalConfig('updateDependency'),
    ),
    actionHosts: actions.map((config, index) =>
      readCredentials(config, `fettle.steps.pinActions.hosts[${index}]`),
    ),
    imageRegistries: new Map(
      images.map((config, index) => {
        const host = config.getString('host');
        const key = `fettle.steps.pinImages.registries[${index}]`;
        const base = IMAGES[host] ?? `https://${host}`;
        return [host, readCredentials(config, key, base)];
      }),
    ),
    mcpServers: readEach(root.getOptionalConfig('fettle.mcpServers'), readMcp),
    webhooks: readEach(root.getOptionalConfig('fettle.webhooks'), readWebhook),
  };
}

function readDependencies(config: Config | undefined): DependencyConfig {
  const key = 'fettle.steps.updateDependency';
  const given = config?.getOptionalConfig('registries');
  const unknown = given?.keys().find(id => !Object.hasOwn(REGISTRIES, id));
  if (unknown !== undefined) {
    throw new InputError(
      `Invalid config at '${key}.registries.${unknown}': there is no such registry. Use one of ${Object.keys(
        REGISTRIES,
      ).join(', ')}.`,
    );
  }
  const registries = readEach(given, (one, id): PackageRegistry => {
    const at = `${key}.registries.${id}`;
    return {
      ...readCredentials(one, at, REGISTRIES[id]),
      scopes: new Map(
        (one.getOptionalConfigArray('scopes') ?? []).map((scope, index) => [
          readScope(scope.getString('scope'), `${at}.scopes[${index}].scope`),
          readCredentials(scope, `${at}.scopes[${index}]`),
        ]),
      ),
    };
  });
  const enabled = [...registries].filter(
    ([id]) => given?.getOptionalBoolean(`${id}.enabled`) ?? false,
  );
  return {
    registries: new Map(enabled),
    tools: readWords(config?.getOptionalConfig('tools')),
    environment: Object.fromEntries(
      readWords(config?.getOptionalConfig('environment')),
    ),
    allowBuilds: config?.getOptionalBoolean('allowBuilds') ?? false,
    timeoutMs: readTime(config, 'timeout', 120_000),
    maxOutputBytes: 4 * MEGABYTE,
    maxFolderBytes:
      (config?.getOptionalNumber('maxFolderMegabytes') ?? 1024) * MEGABYTE,
  };
}

function readScope(given: string, key: string): string {
  if (/^@[a-z0-9][\w.-]*$/i.test(given)) return given;
  throw new InputError(
    `Invalid config at '${key}': '${given}' is no scope. Write for example '@acme'.`,
  );
}

function readMcp(config: Config, id: string): McpServer {
  const tools = config.getStringArray('tools');
  if (tools.length === 0) {
    throw new InputError(
      `Invalid config at 'fettle.mcpServers.${id}.tools': it is empty. Name the tools that playbooks may call.`,
    );
  }
  return {
    ...{ id, tools },
    url: readAddress(config.getString('url'), `fettle.mcpServers.${id}.url`),
    headers: Object.fromEntries(readWords(config.getOptionalConfig('headers'))),
    timeoutMs: readTime(config, 'timeout', 60_000),
  };
}

function readWebhook(config: Config, id: string): WebhookTarget {
  return {
    id,
    url: readAddress(config.getString('url'), `fettle.webhooks.${id}.url`),
    secret: config.getOptionalString('secret'),
    headers: Object.fromEntries(readWords(config.getOptionalConfig('headers'))),
    timeoutMs: readTime(config, 'timeout', 15_000),
  };
}

function readCredentials(
  config: Config,
  key: string,
  fallback?: string,
): Credentials {
  const given = config.getOptionalString('baseUrl') ?? fallback;
  if (given === undefined) {
    throw new InputError(
      `Invalid config at '${key}.baseUrl': it is missing. Write for example 'https://registry.example.com'.`,
    );
  }
  return {
    baseUrl: readAddress(given, `${key}.baseUrl`),
    username: config.getOptionalString('username'),
    token: config.getOptionalString('token')?.trim() || undefined,
  };
}

function readEach<T>(
  config: Config | undefined,
  read: (one: Config, id: string) => T,
): Map<string, T> {
  const ids = config?.keys() ?? [];
  return new Map(ids.map(id => [id, read(config!.getConfig(id), id)]));
}

function readWords(config: Config | undefined): Map<string, string> {
  return new Map(
    (config?.keys() ?? []).map(key => [key, config!.getString(key)]),
  );
}

function readTime(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  return config?.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : fallback;
}
