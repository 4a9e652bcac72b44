import { createBackendModule } from '@backstage/backend-plugin-api';
import { fettlePlaybookStepsExtensionPoint } from 'backstage-plugin-fettle-node';

/**
 * What playbooks can do, each a step of its own.
 *
 * @public
 */
export const fettleModulePlaybooks = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'playbooks',
  register(reg) {
    reg.registerInit({
      deps: { steps: fettlePlaybookStepsExtensionPoint },
      async init() {},
    });
  },
});
