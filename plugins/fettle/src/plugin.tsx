import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  FettleAutomationClient,
  fettleAutomationApiRef,
  FettleClient,
  fettleApiRef,
} from 'backstage-plugin-fettle-react';
import { AutomationIcon } from './AutomationIcon';
import { FleetIcon } from './FleetIcon';
import { isFettleAvailable, mayHaveRepository } from './isFettleAvailable';
import { automationRouteRef, rootRouteRef } from './routes';

const fettleApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: fettleApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleClient(deps),
    }),
});

const automationApi = ApiBlueprint.make({
  name: 'automation',
  params: defineParams =>
    defineParams({
      api: fettleAutomationApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleAutomationClient(deps),
    }),
});

const fleetPage = PageBlueprint.make({
  params: {
    path: '/fettle',
    title: 'Fleet',
    icon: <FleetIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('./pages').then(m => <m.FleetBody />),
  },
});

const automationPage = PageBlueprint.make({
  name: 'automation',
  params: {
    path: '/fettle/automation',
    title: 'Automation',
    icon: <AutomationIcon fontSize="inherit" />,
    routeRef: automationRouteRef,
    loader: () => import('./pages').then(m => <m.AutomationBody />),
  },
});

const healthContent = EntityContentBlueprint.make({
  name: 'health',
  params: {
    path: 'health',
    title: 'Health',
    icon: <FleetIcon fontSize="inherit" />,
    filter: mayHaveRepository,
    loader: () => import('./health/EntityHealth').then(m => <m.EntityHealth />),
  },
});

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: isFettleAvailable,
    loader: () => import('./health/HealthCard').then(m => <m.HealthCard />),
  },
});

/**
 * The Fleet page at `/fettle`, the Automation page at `/fettle/automation`, the Health tab and the Health card of entities.
 *
 * @public
 */
export const fettlePlugin = createFrontendPlugin({
  pluginId: 'fettle',
  title: 'Fleet',
  icon: <FleetIcon fontSize="inherit" />,
  routes: { root: rootRouteRef, automation: automationRouteRef },
  extensions: [
    fettleApi,
    automationApi,
    fleetPage,
    automationPage,
    healthContent,
    healthCard,
  ],
});
