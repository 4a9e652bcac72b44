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
  fettleAlertSourcesExtensionPoint,
  fettleDeliverySourcesExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  readIdentity,
} from 'backstage-plugin-fettle-node';
import { GithubAlertSource } from './alerts/GithubAlertSource';
import { GithubApi } from './api/GithubApi';
import { GithubHosts } from './api/GithubHosts';
import { githubChangeProposer } from './changes/githubChangeProposer';
import { GithubIssueTracker } from './changes/GithubIssueTracker';
import { githubRepositoryKeeper } from './changes/githubRepositoryKeeper';
import { readGithubConfig } from './config/readGithubConfig';
import { GithubDeliverySource } from './deliveries/GithubDeliverySource';
import { GithubPipelineSource } from './pipelines/GithubPipelineSource';
import { GithubRepositorySource } from './repositories/GithubRepositorySource';

/**
 * Reads and changes repositories of GitHub hosts, and follows their workflow runs, as
 * `fettle.github` and `integrations.github` in app-config have it.
 *
 * @public
 */
export const fettleModuleGithub = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        alerts: fettleAlertSourcesExtensionPoint,
        budgets: callBudgetsServiceRef,
        changes: fettleHostChangesExtensionPoint,
        config: coreServices.rootConfig,
        deliveries: fettleDeliverySourcesExtensionPoint,
        lifecycle: coreServices.lifecycle,
        pipelines: fettlePipelineSourcesExtensionPoint,
        sources: fettleRepositorySourcesExtensionPoint,
      },
      async init({ budgets, config, deliveries, lifecycle, ...add }) {
        const configured = readGithubConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const credentials =
          DefaultGithubCredentialsProvider.fromIntegrations(integrations);
        const hosts = configured.map(host => {
          const budget = budgets.forHost(host.host);
          return { host, api: new GithubApi({ host, credentials, budget }) };
        });
        deliveries.addDeliverySource(new GithubDeliverySource(configured));
        const asked = new GithubHosts(
          new Map(hosts.map(({ api }) => [api.host, api])),
        );
        add.pipelines.addPipelineSource(new GithubPipelineSource(asked));
        add.changes.addChangeProposer(
          githubChangeProposer(asked, { identity: readIdentity(config) }),
        );
        add.changes.addRepositoryKeeper(githubRepositoryKeeper(asked));
        add.changes.addIssueTracker(new GithubIssueTracker(asked));
        const withAlerts = configured.filter(({ alerts }) => alerts);
        if (withAlerts.length > 0) {
          add.alerts.addAlertSource(
            new GithubAlertSource(
              asked,
              new Set(withAlerts.map(({ host }) => host)),
            ),
          );
        }
        const repositories = new GithubRepositorySource({
          hosts,
          integrated: integrations.github
            .list()
            .map(({ config: { host } }) => host.toLocaleLowerCase('en-US')),
        });
        add.sources.addRepositorySource(repositories);
        lifecycle.addShutdownHook(() => repositories.close());
      },
    });
  },
});
