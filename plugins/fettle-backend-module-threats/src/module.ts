import { createBackendModule } from '@backstage/backend-plugin-api';
import { fettleThreatDetectorsExtensionPoint } from 'backstage-plugin-fettle-node';
import { addedAccess } from './detectors/addedAccess';
import { newInstallScripts } from './detectors/newInstallScripts';
import { rewrittenHistory } from './detectors/rewrittenHistory';
import { weakenedProtection } from './detectors/weakenedProtection';

/**
 * Compares repositories with what they were.
 *
 * @public
 */
export const fettleModuleThreats = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'threats',
  register(reg) {
    reg.registerInit({
      deps: { detectors: fettleThreatDetectorsExtensionPoint },
      async init({ detectors }) {
        detectors.addThreatDetector(
          rewrittenHistory,
          weakenedProtection,
          addedAccess,
          newInstallScripts,
        );
      },
    });
  },
});
