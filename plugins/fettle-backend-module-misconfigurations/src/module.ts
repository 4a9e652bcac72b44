import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  fettleScannersExtensionPoint,
  fettleThreatDetectorsExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { containersScanner, workflowsScanner } from './scanners';
import { widenedPermissions } from './workflows/widenedPermissions';

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
      deps: {
        scanners: fettleScannersExtensionPoint,
        detectors: fettleThreatDetectorsExtensionPoint,
      },
      async init({ scanners, detectors }) {
        scanners.addScanner(workflowsScanner, containersScanner);
        detectors.addThreatDetector(widenedPermissions);
      },
    });
  },
});
