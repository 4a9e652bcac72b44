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
  FettleSecurityClient,
  fettleSecurityApiRef,
} from 'backstage-plugin-fettle-react';
import { isSecurityAvailable, mayHaveFindings } from './isSecurityAvailable';
import { rootRouteRef } from './routes';
import { SecurityIcon } from './SecurityIcon';

const securityApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: fettleSecurityApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleSecurityClient(deps),
    }),
});

const securityPage = PageBlueprint.make({
  params: {
    path: '/fettle-security',
    title: 'Security',
    icon: <SecurityIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('./pages').then(m => <m.SecurityBody />),
  },
});

const securityContent = EntityContentBlueprint.make({
  name: 'security',
  params: {
    path: 'security',
    title: 'Security',
    icon: <SecurityIcon fontSize="inherit" />,
    filter: mayHaveFindings,
    loader: () =>
      import('./tab/EntitySecurity').then(m => <m.EntitySecurity />),
  },
});

const securityCard = EntityCardBlueprint.make({
  name: 'security',
  params: {
    type: 'info',
    filter: isSecurityAvailable,
    loader: () => import('./card/SecurityCard').then(m => <m.SecurityCard />),
  },
});

/**
 * The Security page at `/fettle-security`, the Security tab and the Security
 * card of entities. Live updates use the API that the plugin `fettle` brings:
 * install both.
 *
 * @public
 */
export const fettleSecurityPlugin = createFrontendPlugin({
  pluginId: 'fettle-security',
  title: 'Security',
  icon: <SecurityIcon fontSize="inherit" />,
  routes: { root: rootRouteRef },
  extensions: [securityApi, securityPage, securityContent, securityCard],
});
