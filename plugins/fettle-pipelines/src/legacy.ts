/**
 * The same pages for portals on the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
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

export { isPipelinesAvailable } from './isPipelinesAvailable';

/** The Pipelines page. @public */
export const pipelinesRouteRef = createRouteRef({ id: 'fettle-pipelines' });

/** The Pipelines tab of an entity. @public */
export const entityPipelinesRouteRef = createRouteRef({
  id: 'fettle-entity-pipelines',
});

/** The plugin, for portals on the old frontend system. @public */
export const fettlePipelinesPlugin = createPlugin({
  id: 'fettle-pipelines',
  routes: {
    root: pipelinesRouteRef,
    entityPipelines: entityPipelinesRouteRef,
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

/** The Pipelines page: mount it at `/fettle-pipelines`. @public */
export const PipelinesPage: () => JSX.Element = fettlePipelinesPlugin.provide(
  createRoutableExtension({
    name: 'PipelinesPage',
    component: () => import('./pages').then(m => m.PipelinesPage),
    mountPoint: pipelinesRouteRef,
  }),
);

/** The Pipelines tab: mount it at `/pipelines` of an entity page. @public */
export const EntityPipelinesContent: () => JSX.Element =
  fettlePipelinesPlugin.provide(
    createRoutableExtension({
      name: 'EntityPipelinesContent',
      component: () =>
        import('./tab/EntityPipelines').then(m => m.EntityPipelines),
      mountPoint: entityPipelinesRouteRef,
    }),
  );

/** The Pipelines card, for an entity's overview. @public */
export const EntityPipelinesCard: () => JSX.Element =
  fettlePipelinesPlugin.provide(
    createComponentExtension({
      name: 'EntityPipelinesCard',
      component: {
        lazy: () => import('./card/PipelinesCard').then(m => m.PipelinesCard),
      },
    }),
  );
