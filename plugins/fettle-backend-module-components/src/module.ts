import { createBackendModule } from '@backstage/backend-plugin-api';
import { fettleScannersExtensionPoint } from 'backstage-plugin-fettle-node';
import { componentsScanner } from './componentsScanner';

/**
 * Reads which components repositories are made of, from their lockfiles and
 * manifests.
 *
 * @public
 */
export const fettleModuleComponents = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'components',
  register(reg) {
    reg.registerInit({
      deps: { scanners: fettleScannersExtensionPoint },
      async init({ scanners }) {
        scanners.addScanner(componentsScanner);
      },
    });
  },
});
