import type { Config } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudOAuthToken,
  getBitbucketServerRequestOptions,
  getGerritRequestOptions,
  ScmIntegrations,
} from '@backstage/integration';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { RemoteAddress } from '../locate/RemoteAddress';
import { messageOf } from '../errors';

/** An `Authorization` header, and what of it must not be shown. */
export interface GitCredential {
  header: string;
  secrets: string[];
}

/**
 * What to show a host, from Backstage's `integrations`, or from the address in
 * `fettle.git.repositories`. Asked anew for each fetch: tokens of apps expire.
 */
export class RemoteCredentials {
  private readonly fromAddresses: Map<string, GitCredential>;
  private readonly integrations: ScmIntegrations;
  private readonly github: DefaultGithubCredentialsProvider;
  private readonly gitlab: DefaultGitlabCredentialsProvider;
  private readonly azure: DefaultAzureDevOpsCredentialsProvider;

  constructor(config: Config, configured: readonly RemoteAddress[]) {
    this.integrations = ScmIntegrations.fromConfig(config);
    const { integrations } = this;
    this.github =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    this.gitlab =
      DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
    this.azure =
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
    this.fromAddresses = new Map(
      configured.flatMap(({ remote, credential }) =>
        credential
          ? [[remote, basic(credential.username, credential.password)] as const]
          : [],
      ),
    );
  }

  /** Whether `integrations` name the host. */
  knowsHost(host: string): boolean {
    return this.integrations.byHost(host) !== undefined;
  }

  async for(address: RemoteAddress): Promise<GitCredential | undefined> {
    const own = this.fromAddresses.get(address.remote);
    if (own) return own;
    // A token is not sent over a connection that anyone can read.
    if (address.protocol !== 'https') return undefined;
    try {
      return await this.fromIntegration(address);
    } catch (error) {
      throw new SourceError(
        'unauthorized',
        `Cannot read ${address.remote}: there is no valid credential for ${
          address.host
        } (${messageOf(error)}).`,
        'Check the entry of this host under integrations in app-config.',
      );
    }
  }

  private async fromIntegration({
    host,
    remote,
  }: RemoteAddress): Promise<GitCredential | undefined> {
    const { integrations } = this;
    switch (integrations.byHost(host)?.type) {
      case 'github': {
        const { token } = await this.github.getCredentials({ url: remote });
        return token ? basic('x-access-token', token) : undefined;
      }
      case 'gitlab': {
        const { token } = await this.gitlab.getCredentials({ url: remote });
        return token ? basic('oauth2', token) : undefined;
      }
      case 'azure': {
        const found = await this.azure.getCredentials({ url: remote });
        if (!found) return undefined;
        return found.type === 'bearer'
          ? header(`Bearer ${found.token}`, found.token)
          : basic('', found.token);
      }
      case 'gitea': {
        const found = integrations.gitea.byHost(host)?.config;
        return found?.password
          ? basic(found.username ?? 'token', found.password)
          : undefined;
      }
      case 'bitbucketCloud': {
        const found = integrations.bitbucketCloud.byHost(host)?.config;
        if (found?.clientId && found.clientSecret) {
          const token = await getBitbucketCloudOAuthToken(
            found.clientId,
            found.clientSecret,
          );
          return basic('x-token-auth', token);
        }
        if (found?.username && found.appPassword) {
          return basic(found.username, found.appPassword);
        }
        return found?.token
          ? basic(
              found.username ? 'x-bitbucket-api-token-auth' : 'x-token-auth',
              found.token,
            )
          : undefined;
      }
      case 'bitbucketServer': {
        const found = integrations.bitbucketServer.byHost(host)?.config;
        return found && fromHeaders(getBitbucketServerRequestOptions(found));
      }
      case 'gerrit': {
        const found = integrations.gerrit.byHost(host)?.config;
        return found && fromHeaders(getGerritRequestOptions(found));
      }
      default:
        return undefined;
    }
  }
}

function basic(username: string, password: string): GitCredential {
  const encoded = Buffer.from(`${username}:${password}`).toString('base64');
  return header(`Basic ${encoded}`, encoded, password);
}

function header(value: string, ...secrets: string[]): GitCredential {
  return { header: `Authorization: ${value}`, secrets };
}

function fromHeaders(options: {
  headers?: Record<string, string>;
}): GitCredential | undefined {
  const value = options.headers?.Authorization;
  return value ? header(value, value.replace(/^\w+ /, '')) : undefined;
}
