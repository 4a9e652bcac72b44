import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { fettleComponentMatchersExtensionPoint } from 'backstage-plugin-fettle-node';
import { readLicencesConfig } from './config/readLicencesConfig';
import { LicenceMatcher } from './LicenceMatcher';

/**
 * Judges licences of components as `fettle.licences` in app-config has it.
 * Without it nobody does, and policies about licences say so.
 *
 * @public
 */
export const fettleModuleLicences = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'licences',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        matchers: fettleComponentMatchersExtensionPoint,
      },
      async init({ config, matchers }) {
        const rules = readLicencesConfig(config);
        if (rules) matchers.addComponentMatcher(new LicenceMatcher(rules));
      },
    });
  },
});
