import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';

/** A host that is read and followed. */
export interface GithubHost {
  /** In lower case. */
  host: string;
  apiBaseUrl: string;
  webhookSecret?: string;
  /** Organizations and people whose repositories are read without an entity. */
  organizations: string[];
  /** Whether the alerts that it raises become findings. */
  alerts?: boolean;
}

/** Reads `fettle.github`; a bad value throws with its key, the value and what would be right. */
export function readGithubConfig(root: Config): GithubHost[] {
  const configs = root.getOptionalConfigArray('fettle.github.hosts') ?? [];
  const integrations = ScmIntegrations.fromConfig(root).github;
  const hosts = new Set<string>();
  const secrets = new Map<string, string>();
  return configs.map((config, index) => {
    const key = `fettle.github.hosts[${index}]`;
    const host = config.getString('host').toLocaleLowerCase('en-US');
    const integration = integrations.byHost(host)?.config;
    if (!integration?.apiBaseUrl) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is not a host of 'integrations.github'. Add it there, with its API and credentials.`,
      );
    }
    if (hosts.has(host)) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is there twice. Put its settings into one entry.`,
      );
    }
    hosts.add(host);
    const webhookSecret = config.getOptionalString('webhookSecret')?.trim();
    const other = webhookSecret && secrets.get(webhookSecret);
    if (other) {
      throw new InputError(
        `Invalid config at '${key}.webhookSecret': '${host}' has the secret of '${other}', so that one could speak for the other. Give each host its own.`,
      );
    }
    if (webhookSecret) secrets.set(webhookSecret, host);
    return {
      host,
      apiBaseUrl: integration.apiBaseUrl,
      webhookSecret,
      organizations: readOrganizations(config, `${key}.organizations`),
      alerts: config.getOptionalBoolean('alerts') ?? false,
    };
  });
}

function readOrganizations(config: Config, key: string): string[] {
  const value = config.getOptional('organizations') ?? [];
  const names = Array.isArray(value) ? value : [value];
  return names.map((name, index) => {
    if (typeof name === 'string' && /^[\w.-]+$/.test(name)) return name;
    throw new InputError(
      `Invalid config at '${key}[${index}]': ${JSON.stringify(
        name,
      )} is not the name of an organization. Write for example 'payments'.`,
    );
  });
}
