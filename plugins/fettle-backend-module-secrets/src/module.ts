import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { fettleScannersExtensionPoint } from 'backstage-plugin-fettle-node';
import { readSecretsConfig } from './config/readSecretsConfig';
import { loadRules } from './rules/loadRules';
import { createSecretsScanner } from './createSecretsScanner';

/**
 * Finds secrets in the files of repositories, as `fettle.secrets` in
 * app-config has it.
 *
 * @public
 */
export const fettleModuleSecrets = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'secrets',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scanners: fettleScannersExtensionPoint,
      },
      async init({ config, logger, scanners }) {
        const { rulesPath, allowPaths } = readSecretsConfig(config);
        const { rules, warnings } = await loadRules(rulesPath);
        for (const warning of warnings) logger.warn(warning);
        scanners.addScanner(createSecretsScanner(rules, allowPaths));
      },
    });
  },
});
