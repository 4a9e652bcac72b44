import { createBackendModule } from '@backstage/backend-plugin-api';
import { fettleScannersExtensionPoint } from 'backstage-plugin-fettle-node';
import { containersScanner, workflowsScanner } from './scanners';

/**
 * Finds dangerous settings of workflows and container images.
 *
 * @public
 */
export const fettleModuleMisconfigurations = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'misconfigurations',
  register(reg) {
    reg.registerInit({
      deps: { scanners: fettleScannersExtensionPoint },
      async init({ scanners }) {
        scanners.addScanner(workflowsScanner, containersScanner);
      },
    });
  },
});
