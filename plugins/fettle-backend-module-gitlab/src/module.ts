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
import { GitlabApi } from './api/GitlabApi';
import { GitlabHosts } from './api/GitlabHosts';
import { gitlabChangeProposer } from './changes/gitlabChangeProposer';
import { GitlabIssueTracker } from './changes/GitlabIssueTracker';
import { gitlabRepositoryKeeper } from './changes/gitlabRepositoryKeeper';
import { readGitlabConfig } from './config/readGitlabConfig';
import { GitlabDeliverySource } from './deliveries/GitlabDeliverySource';
import { GitlabPipelineSource } from './pipelines/GitlabPipelineSource';
import { GitlabRepositorySource } from './repositories/GitlabRepositorySource';

/**
 * Reads and changes repositories of GitLab hosts, and follows their pipelines, as
 * `fettle.gitlab` and `integrations.gitlab` in app-config have it.
 *
 * @public
 */
export const fettleModuleGitlab = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'gitlab',
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
        const found = readGitlabConfig(config);
        const hosts = new GitlabHosts(
          found.map(
            host => new GitlabApi({ host, budget: budgets.forHost(host.host) }),
          ),
        );
        deliveries.addDeliverySource(new GitlabDeliverySource(found));
        add.pipelines.addPipelineSource(new GitlabPipelineSource(hosts));
        add.changes.addChangeProposer(
          gitlabChangeProposer(hosts, { identity: readIdentity(config) }),
        );
        add.changes.addRepositoryKeeper(gitlabRepositoryKeeper(hosts));
        add.changes.addIssueTracker(new GitlabIssueTracker(hosts));
        const repositories = new GitlabRepositorySource({ hosts });
        add.sources.addRepositorySource(repositories);
        lifecycle.addShutdownHook(() => repositories.close());
      },
    });
  },
});
