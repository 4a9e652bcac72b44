import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  ScmIntegrations,
  type GithubIntegrationConfig,
} from '@backstage/integration';

/** A host whose runs are followed. */
export interface GithubHost {
  /** In lower case. */
  host: string;
  apiBaseUrl: string;
  webhookSecret?: string;
  integration: GithubIntegrationConfig;
}

/** Reads `fettle.github`; a bad value throws with its key, the value and what would be right. */
export function readGithubConfig(root: Config): GithubHost[] {
  const hosts = root.getOptionalConfigArray('fettle.github.hosts') ?? [];
  const integrations = ScmIntegrations.fromConfig(root).github;
  return hosts.map((config, index) => {
    const key = `fettle.github.hosts[${index}]`;
    const host = config.getString('host').toLocaleLowerCase('en-US');
    const integration = integrations.byHost(host)?.config;
    if (!integration?.apiBaseUrl) {
      throw new InputError(
        `Invalid config at '${key}.host': '${host}' is not a host of 'integrations.github'. Add it there, with its API and credentials.`,
      );
    }
    return {
      host,
      apiBaseUrl: integration.apiBaseUrl,
      webhookSecret: config.getOptionalString('webhookSecret')?.trim(),
      integration,
    };
  });
}
