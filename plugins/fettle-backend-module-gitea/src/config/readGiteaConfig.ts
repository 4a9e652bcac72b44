import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  ScmIntegrations,
  type GiteaIntegrationConfig,
} from '@backstage/integration';

/** A host that is read and followed. */
export interface GiteaHost {
  /** In lower case, with its port if it has one. */
  host: string;
  /** Where the portal reaches it, without a slash at the end. */
  baseUrl: string;
  /** The address under which people know it, without a slash at the end. */
  webUrl: string;
  /** What tells it who asks. */
  headers: Readonly<Record<string, string>>;
  webhookSecret?: string;
  /** Organizations and people whose repositories are read without an entity. */
  organizations: string[];
}

/** Reads `fettle.gitea`; a bad value throws with its key, the value and what would be right. */
export function readGiteaConfig(root: Config): GiteaHost[] {
  const configs = root.getOptionalConfigArray('fettle.gitea.hosts') ?? [];
  // Asked only where there are hosts: other integrations may be wrong.
  const integrations = new Map(
    (configs.length > 0
      ? ScmIntegrations.fromConfig(root).gitea.list()
      : []
    ).map(({ config }) => [config.host.toLocaleLowerCase('en-US'), config]),
  );
  const hosts = new Set<string>();
  const secrets = new Map<string, string>();
  return configs.map((config, index) => {
    const key = `fettle.gitea.hosts[${index}]`;
    const host = config.getString('host').toLocaleLowerCase('en-US');
    const integration = integrations.get(host);
    if (!integration) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is not a host of 'integrations.gitea'. Add it there, with its credentials.`,
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
      ...addressesOf(integration, host),
      headers: authorizationOf(integration),
      webhookSecret,
      organizations: readOrganizations(config, `${key}.organizations`),
    };
  });
}

/** The portal may reach a host by another name than people do. */
function addressesOf(integration: GiteaIntegrationConfig, host: string) {
  const baseUrl = integration.baseUrl ?? `https://${host}`;
  const same = new URL(baseUrl).host.toLowerCase() === host;
  return { baseUrl, webUrl: same ? baseUrl : `https://${host}` };
}

function authorizationOf(
  integration: GiteaIntegrationConfig,
): Record<string, string> {
  const { headers = {} } = getGiteaRequestOptions(integration);
  return headers.Authorization ? { authorization: headers.Authorization } : {};
}

function readOrganizations(config: Config, key: string): string[] {
  const value = config.getOptional('organizations') ?? [];
  const names = Array.isArray(value) ? value : [value];
  return names.map((name, index) => {
    if (typeof name === 'string' && /^[\w-][\w.-]*$/.test(name)) return name;
    throw new InputError(
      `Invalid config at '${key}[${index}]': ${JSON.stringify(
        name,
      )} is not the name of an organization. Write for example 'payments'.`,
    );
  });
}
