import { useApiHolder } from '@backstage/core-plugin-api';
import {
  createRouteRef,
  routeResolutionApiRef,
} from '@backstage/frontend-plugin-api';
import { useLocation } from 'react-router-dom';

/**
 * The Fleet page.
 *
 * @public
 */
export const fleetRouteRef = createRouteRef();

/**
 * The Automation page.
 *
 * @public
 */
export const automationRouteRef = createRouteRef();

/**
 * Paths of the pages of the plugin `fettle`, for links from anywhere. Undefined
 * where the portal does not have them, or is on the old frontend system.
 *
 * @public
 */
export function useFettlePaths(): {
  automation?: string;
  repository(id: string): string | undefined;
} {
  const routes = useApiHolder().get(routeResolutionApiRef);
  const { pathname: sourcePath } = useLocation();
  const automation = routes?.resolve(automationRouteRef, { sourcePath })?.();
  const fleet = routes?.resolve(fleetRouteRef, { sourcePath })?.();
  return {
    automation,
    repository: id =>
      fleet && `${fleet}/repositories/${encodeURIComponent(id)}`,
  };
}
