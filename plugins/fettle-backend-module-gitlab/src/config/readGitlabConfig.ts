import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  getGitLabRequestOptions,
  ScmIntegrations,
  type GitLabIntegrationConfig,
} from '@backstage/integration';
import { isPath, type HostAddress } from '../locate/slug';

/** A host that is read and followed. */
export interface GitlabHost extends HostAddress {
  /** Where the portal reaches its REST API, without a slash at the end. */
  restUrl: string;
  graphqlUrl: string;
  /** What tells it who asks. */
  headers: Readonly<Record<string, string>>;
  webhookToken?: string;
  signingToken?: string;
  /** Groups whose repositories are read without an entity. */
  groups: string[];
}

/** Reads `fettle.gitlab`; a bad value throws with its key, the value and what would be right. */
export function readGitlabConfig(root: Config): GitlabHost[] {
  const configs = root.getOptionalConfigArray('fettle.gitlab.hosts') ?? [];
  // Asked only where there are hosts: other integrations may be wrong.
  const integrations = new Map(
    (configs.length > 0
      ? ScmIntegrations.fromConfig(root).gitlab.list()
      : []
    ).map(({ config }) => [config.host.toLocaleLowerCase('en-US'), config]),
  );
  const hosts = new Set<string>();
  const secrets = new Map<string, string>();
  return configs.map((config, index) => {
    const key = `fettle.gitlab.hosts[${index}]`;
    const host = config.getString('host').toLocaleLowerCase('en-US');
    const integration = integrations.get(host);
    if (!integration) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is not a host of 'integrations.gitlab'. Add it there, with its credentials.`,
      );
    }
    if (hosts.has(host)) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is there twice. Put its settings into one entry.`,
      );
    }
    hosts.add(host);
    const own = (name: string) => {
      const secret = config.getOptionalString(name)?.trim() || undefined;
      const other = secret && secrets.get(secret);
      if (other) {
        throw new InputError(
          `Invalid config at '${key}.${name}': '${host}' has the secret of '${other}', so that one could speak for the other. Give each host its own.`,
        );
      }
      if (secret) secrets.set(secret, host);
      return secret;
    };
    return {
      host,
      ...addressesOf(integration, host),
      headers: authorizationOf(integration),
      webhookToken: own('webhookToken'),
      signingToken: readSigningToken(
        own('signingToken'),
        `${key}.signingToken`,
      ),
      groups: readGroups(config, `${key}.groups`),
    };
  });
}

/** The portal may reach a host by another name than people do. */
function addressesOf(integration: GitLabIntegrationConfig, host: string) {
  const { apiBaseUrl, baseUrl } = integration;
  const api = /^(.+)\/api\/v4$/.exec(apiBaseUrl);
  if (!api) {
    throw new InputError(
      `Invalid config at 'integrations.gitlab' of '${host}': '${apiBaseUrl}' is not the address of version 4 of its API. Write for example 'https://${host}/api/v4'.`,
    );
  }
  const same = new URL(baseUrl).host.toLowerCase() === host;
  return {
    restUrl: apiBaseUrl,
    graphqlUrl: `${api[1]}/api/graphql`,
    webUrl: same ? baseUrl : `https://${host}`,
  };
}

function authorizationOf(
  integration: GitLabIntegrationConfig,
): Record<string, string> {
  const { headers } = getGitLabRequestOptions(integration);
  const { Authorization: authorization } = headers as Record<string, string>;
  return authorization ? { authorization } : {};
}

/** What is behind the prefix is the key itself, in base64. */
function readSigningToken(
  token: string | undefined,
  key: string,
): string | undefined {
  if (!token || /^whsec_[A-Za-z0-9+/]+=*$/.test(token)) return token;
  throw new InputError(
    `Invalid config at '${key}': it is not a signing token. Take the one that the webhook's settings show, which begins with 'whsec_'.`,
  );
}

function readGroups(config: Config, key: string): string[] {
  const value = config.getOptional('groups') ?? [];
  const names = Array.isArray(value) ? value : [value];
  return names.map((name, index) => {
    if (typeof name === 'string' && isPath(name)) return name;
    throw new InputError(
      `Invalid config at '${key}[${index}]': ${JSON.stringify(
        name,
      )} is not the path of a group. Write for example 'payments' or 'acme/payments'.`,
    );
  });
}
