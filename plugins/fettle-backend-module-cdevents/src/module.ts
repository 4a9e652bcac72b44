import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  callBudgetsServiceRef,
  fettleDeliverySourcesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { CdeventsDeliverySource } from './CdeventsDeliverySource';
import { CdeventsPipelineSource } from './CdeventsPipelineSource';
import { readCdeventsConfig } from './config/readCdeventsConfig';

/**
 * Follows any CI that speaks CDEvents, as `fettle.cdevents` in app-config has
 * it.
 *
 * @public
 */
export const fettleModuleCdevents = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'cdevents',
  register(reg) {
    reg.registerInit({
      deps: {
        budgets: callBudgetsServiceRef,
        config: coreServices.rootConfig,
        deliveries: fettleDeliverySourcesExtensionPoint,
        pipelines: fettlePipelineSourcesExtensionPoint,
      },
      async init({ budgets, config, deliveries, pipelines }) {
        const senders = readCdeventsConfig(config);
        deliveries.addDeliverySource(new CdeventsDeliverySource(senders));
        pipelines.addPipelineSource(
          new CdeventsPipelineSource(senders, budgets),
        );
      },
    });
  },
});
