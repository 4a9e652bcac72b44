import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  callBudgetsServiceRef,
  fettleReleaseSourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { readRegistriesConfig } from './config/readRegistriesConfig';
import { RegistrySource } from './RegistrySource';

/**
 * Tells the versions of packages from the registries that are enabled in
 * `fettle.registries` in app-config. Without it no registry is asked.
 *
 * @public
 */
export const fettleModuleRegistries = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'registries',
  register(reg) {
    reg.registerInit({
      deps: {
        budgets: callBudgetsServiceRef,
        config: coreServices.rootConfig,
        releases: fettleReleaseSourcesExtensionPoint,
      },
      async init({ budgets, config, releases }) {
        for (const settings of readRegistriesConfig(config)) {
          const budget = budgets.forHost(new URL(settings.baseUrl).host);
          releases.addReleaseSource(new RegistrySource(settings, budget));
        }
      },
    });
  },
});
