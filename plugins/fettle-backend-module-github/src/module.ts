import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  callBudgetsServiceRef,
  fettleDeliverySourcesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { readGithubConfig } from './config/readGithubConfig';
import { GithubDeliverySource } from './deliveries/GithubDeliverySource';
import { GithubApi } from './pipelines/GithubApi';
import { GithubPipelineSource } from './pipelines/GithubPipelineSource';

/**
 * Follows the workflow runs of GitHub hosts, as `fettle.github` and
 * `integrations.github` in app-config have it.
 *
 * @public
 */
export const fettleModuleGithub = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        budgets: callBudgetsServiceRef,
        config: coreServices.rootConfig,
        deliveries: fettleDeliverySourcesExtensionPoint,
        pipelines: fettlePipelineSourcesExtensionPoint,
      },
      async init({ budgets, config, deliveries, pipelines }) {
        const hosts = readGithubConfig(config);
        const credentials = DefaultGithubCredentialsProvider.fromIntegrations(
          ScmIntegrations.fromConfig(config),
        );
        const apis = new Map(
          hosts.map(host => [
            host.host,
            new GithubApi({
              ...{ host, credentials },
              budget: budgets.forHost(host.host),
            }),
          ]),
        );
        deliveries.addDeliverySource(new GithubDeliverySource(hosts));
        pipelines.addPipelineSource(new GithubPipelineSource(apis));
      },
    });
  },
});
