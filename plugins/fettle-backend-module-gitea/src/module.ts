import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  callBudgetsServiceRef,
  fettleDeliverySourcesExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  readIdentity,
} from 'backstage-plugin-fettle-node';
import { GiteaApi } from './api/GiteaApi';
import { GiteaHosts } from './api/GiteaHosts';
import { giteaChangeProposer } from './changes/giteaChangeProposer';
import { GiteaIssueTracker } from './changes/GiteaIssueTracker';
import { giteaRepositoryKeeper } from './changes/giteaRepositoryKeeper';
import { readGiteaConfig } from './config/readGiteaConfig';
import { GiteaDeliverySource } from './deliveries/GiteaDeliverySource';
import { GiteaPipelineSource } from './pipelines/GiteaPipelineSource';
import { GiteaRepositorySource } from './repositories/GiteaRepositorySource';

/**
 * Reads and changes repositories of Gitea and Forgejo hosts, and follows their actions, as
 * `fettle.gitea` and `integrations.gitea` in app-config have it.
 *
 * @public
 */
export const fettleModuleGitea = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'gitea',
  register(reg) {
    reg.registerInit({
      deps: {
        budgets: callBudgetsServiceRef,
        changes: fettleHostChangesExtensionPoint,
        config: coreServices.rootConfig,
        deliveries: fettleDeliverySourcesExtensionPoint,
        lifecycle: coreServices.lifecycle,
        pipelines: fettlePipelineSourcesExtensionPoint,
        sources: fettleRepositorySourcesExtensionPoint,
      },
      async init({ budgets, config, deliveries, lifecycle, ...add }) {
        const hosts = readGiteaConfig(config);
        const apis = hosts.map(
          host => new GiteaApi({ host, budget: budgets.forHost(host.host) }),
        );
        deliveries.addDeliverySource(new GiteaDeliverySource(hosts));
        const asked = new GiteaHosts(new Map(apis.map(api => [api.host, api])));
        add.pipelines.addPipelineSource(new GiteaPipelineSource(asked));
        add.changes.addChangeProposer(
          giteaChangeProposer(asked, { identity: readIdentity(config) }),
        );
        add.changes.addRepositoryKeeper(giteaRepositoryKeeper(asked));
        add.changes.addIssueTracker(new GiteaIssueTracker(asked));
        const repositories = new GiteaRepositorySource({ apis });
        add.sources.addRepositorySource(repositories);
        lifecycle.addShutdownHook(() => repositories.close());
      },
    });
  },
});
