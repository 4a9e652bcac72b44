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
import { FettleClient, fettleApiRef } from 'backstage-plugin-fettle-react';
import { FleetIcon } from './FleetIcon';
import { isFettleAvailable, mayHaveRepository } from './isFettleAvailable';
import { rootRouteRef } from './routes';

const fettleApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: fettleApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleClient(deps),
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
 * The Fleet page at `/fettle`, the Health tab and the Health card of entities.
 *
 * @public
 */
export const fettlePlugin = createFrontendPlugin({
  pluginId: 'fettle',
  title: 'Fleet',
  icon: <FleetIcon fontSize="inherit" />,
  routes: { root: rootRouteRef },
  extensions: [fettleApi, fleetPage, healthContent, healthCard],
});
