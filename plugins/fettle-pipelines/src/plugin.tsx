import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isPipelinesAvailable, mayHaveRuns } from './isPipelinesAvailable';
import { PipelinesIcon } from './PipelinesIcon';
import { rootRouteRef } from './routes';

const pipelinesPage = PageBlueprint.make({
  params: {
    path: '/fettle-pipelines',
    title: 'Pipelines',
    icon: <PipelinesIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('./pages').then(m => <m.PipelinesBody />),
  },
});

const pipelinesContent = EntityContentBlueprint.make({
  name: 'pipelines',
  params: {
    path: 'pipelines',
    title: 'Pipelines',
    icon: <PipelinesIcon fontSize="inherit" />,
    filter: mayHaveRuns,
    loader: () =>
      import('./tab/EntityPipelines').then(m => <m.EntityPipelines />),
  },
});

const pipelinesCard = EntityCardBlueprint.make({
  name: 'pipelines',
  params: {
    type: 'info',
    filter: isPipelinesAvailable,
    loader: () => import('./card/PipelinesCard').then(m => <m.PipelinesCard />),
  },
});

/**
 * The Pipelines page at `/fettle-pipelines` with the Sources page below it,
 * the Pipelines tab and the Pipelines card of entities. It uses the API that
 * the plugin `fettle` brings: install both.
 *
 * @public
 */
export const fettlePipelinesPlugin = createFrontendPlugin({
  pluginId: 'fettle-pipelines',
  title: 'Pipelines',
  icon: <PipelinesIcon fontSize="inherit" />,
  routes: { root: rootRouteRef },
  extensions: [pipelinesPage, pipelinesContent, pipelinesCard],
});
