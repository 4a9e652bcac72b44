import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { fettlePlaybookStepsExtensionPoint } from 'backstage-plugin-fettle-node';
import { readStepsConfig } from './config/readStepsConfig';
import { createSteps } from './steps';

/**
 * What playbooks can do, each a step of its own. Those that ask somebody
 * outside ask only whom app-config names.
 *
 * @public
 */
export const fettleModulePlaybooks = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'playbooks',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        steps: fettlePlaybookStepsExtensionPoint,
      },
      async init({ auth, config, discovery, steps }) {
        const all = createSteps(readStepsConfig(config), { auth, discovery });
        steps.addPlaybookStep(...all);
      },
    });
  },
});
