import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  callBudgetsServiceRef,
  fettleAlertSourcesExtensionPoint,
  fettleChecksExtensionPoint,
  fettleComponentMatchersExtensionPoint,
  fettleDeliverySourcesExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettlePlaybookStepsExtensionPoint,
  fettleReleaseSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  fettleScannersExtensionPoint,
  fettleThreatDetectorsExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { ChangeRegistry } from './registry/ChangeRegistry';
import { Registry } from './registry/Registry';
import { startFettle } from './startFettle';

/**
 * Fettle's backend: finds repositories, reads and judges them, keeps what came
 * of it and tells open pages of every change.
 *
 * Sources, fact collectors and checks come from modules.
 *
 * @public
 */
export const fettlePlugin = createBackendPlugin({
  pluginId: 'fettle',
  register(env) {
    const registry = new Registry();
    const changes = new ChangeRegistry();
    env.registerExtensionPoint(fettleRepositorySourcesExtensionPoint, registry);
    env.registerExtensionPoint(fettleFactCollectorsExtensionPoint, registry);
    env.registerExtensionPoint(fettleChecksExtensionPoint, registry);
    env.registerExtensionPoint(fettleDeliverySourcesExtensionPoint, registry);
    env.registerExtensionPoint(fettlePipelineSourcesExtensionPoint, registry);
    env.registerExtensionPoint(fettleScannersExtensionPoint, registry);
    env.registerExtensionPoint(fettleComponentMatchersExtensionPoint, registry);
    env.registerExtensionPoint(fettleAlertSourcesExtensionPoint, registry);
    env.registerExtensionPoint(fettleReleaseSourcesExtensionPoint, registry);
    env.registerExtensionPoint(fettleThreatDetectorsExtensionPoint, registry);
    env.registerExtensionPoint(fettleHostChangesExtensionPoint, changes);
    env.registerExtensionPoint(fettlePlaybookStepsExtensionPoint, changes);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        budgets: callBudgetsServiceRef,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        rootLifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(services) {
        await startFettle({
          ...services,
          registry,
          changes,
          clock: () => new Date(),
        });
      },
    });
  },
});
