import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  fettleHostChangesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  readIdentity,
} from 'backstage-plugin-fettle-node';
import { GitChangeProposer } from './change/GitChangeProposer';
import { GitRepositoryKeeper } from './change/GitRepositoryKeeper';
import { GitRepositorySource } from './GitRepositorySource';

/**
 * Lets Fettle read and change any Git remote or folder with system git, as
 * `fettle.git` in app-config has it.
 *
 * @public
 */
export const fettleModuleGit = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'git',
  register(reg) {
    reg.registerInit({
      deps: {
        changes: fettleHostChangesExtensionPoint,
        sources: fettleRepositorySourcesExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
      },
      async init({ changes, sources, config, logger, lifecycle }) {
        const source = GitRepositorySource.fromConfig({ config, logger });
        sources.addRepositorySource(source);
        const identity = readIdentity(config);
        changes.addChangeProposer(new GitChangeProposer(source, identity));
        changes.addRepositoryKeeper(new GitRepositoryKeeper(source));
        lifecycle.addShutdownHook(() => source.close());
      },
    });
  },
});
