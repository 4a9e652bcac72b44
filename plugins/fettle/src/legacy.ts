/**
 * The same pages for portals on the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  FettleAutomationClient,
  fettleAutomationApiRef,
  FettleClient,
  fettleApiRef,
} from 'backstage-plugin-fettle-react';

export { isFettleAvailable } from './isFettleAvailable';

/** The Fleet page. @public */
export const fleetRouteRef = createRouteRef({ id: 'fettle' });

/** The Automation page. @public */
export const automationRouteRef = createRouteRef({ id: 'fettle-automation' });

/** The Health tab of an entity. @public */
export const entityHealthRouteRef = createRouteRef({ id: 'fettle-health' });

/** The plugin, for portals on the old frontend system. @public */
export const fettlePlugin = createPlugin({
  id: 'fettle',
  routes: {
    root: fleetRouteRef,
    automation: automationRouteRef,
    entityHealth: entityHealthRouteRef,
  },
  apis: [
    createApiFactory({
      api: fettleApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleClient(deps),
    }),
    createApiFactory({
      api: fettleAutomationApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleAutomationClient(deps),
    }),
  ],
});

/** The Fleet page: mount it at `/fettle`. @public */
export const FleetPage: () => JSX.Element = fettlePlugin.provide(
  createRoutableExtension({
    name: 'FleetPage',
    component: () => import('./pages').then(m => m.FleetPage),
    mountPoint: fleetRouteRef,
  }),
);

/** The Automation page: mount it at `/fettle/automation`. @public */
export const AutomationPage: () => JSX.Element = fettlePlugin.provide(
  createRoutableExtension({
    name: 'AutomationPage',
    component: () => import('./pages').then(m => m.AutomationPage),
    mountPoint: automationRouteRef,
  }),
);

/** The Health tab: mount it at `/health` of an entity page. @public */
export const EntityHealthContent: () => JSX.Element = fettlePlugin.provide(
  createRoutableExtension({
    name: 'EntityHealthContent',
    component: () => import('./health/EntityHealth').then(m => m.EntityHealth),
    mountPoint: entityHealthRouteRef,
  }),
);
