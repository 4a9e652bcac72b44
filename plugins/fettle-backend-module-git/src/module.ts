import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { fettleRepositorySourcesExtensionPoint } from 'backstage-plugin-fettle-node';
import { GitRepositorySource } from './GitRepositorySource';

/**
 * Lets Fettle read any Git remote or folder with system git, as `fettle.git`
 * in app-config has it.
 *
 * @public
 */
export const fettleModuleGit = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'git',
  register(reg) {
    reg.registerInit({
      deps: {
        sources: fettleRepositorySourcesExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
      },
      async init({ sources, config, logger, lifecycle }) {
        const source = GitRepositorySource.fromConfig({ config, logger });
        sources.addRepositorySource(source);
        lifecycle.addShutdownHook(() => source.close());
      },
    });
  },
});
