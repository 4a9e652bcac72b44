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
  FettleSecurityClient,
  fettleSecurityApiRef,
} from 'backstage-plugin-fettle-react';

export { isSecurityAvailable } from './isSecurityAvailable';

/** The Security page. @public */
export const securityRouteRef = createRouteRef({ id: 'fettle-security' });

/** The Security tab of an entity. @public */
export const entitySecurityRouteRef = createRouteRef({
  id: 'fettle-entity-security',
});

/** The plugin, for portals on the old frontend system. @public */
export const fettleSecurityPlugin = createPlugin({
  id: 'fettle-security',
  routes: {
    root: securityRouteRef,
    entitySecurity: entitySecurityRouteRef,
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
    createApiFactory({
      api: fettleSecurityApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FettleSecurityClient(deps),
    }),
  ],
});

/** The Security page: mount it at `/fettle-security`. @public */
export const SecurityPage: () => JSX.Element = fettleSecurityPlugin.provide(
  createRoutableExtension({
    name: 'SecurityPage',
    component: () => import('./pages').then(m => m.SecurityPage),
    mountPoint: securityRouteRef,
  }),
);

/** The Security tab: mount it at `/security` of an entity page. @public */
export const EntitySecurityContent: () => JSX.Element =
  fettleSecurityPlugin.provide(
    createRoutableExtension({
      name: 'EntitySecurityContent',
      component: () =>
        import('./tab/EntitySecurity').then(m => m.EntitySecurity),
      mountPoint: entitySecurityRouteRef,
    }),
  );

/** The Security card, for an entity's overview. @public */
export const EntitySecurityCard: () => JSX.Element =
  fettleSecurityPlugin.provide(
    createComponentExtension({
      name: 'EntitySecurityCard',
      component: {
        lazy: () => import('./card/SecurityCard').then(m => m.SecurityCard),
      },
    }),
  );
