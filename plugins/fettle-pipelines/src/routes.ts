import { createRouteRef } from '@backstage/frontend-plugin-api';

/**
 * The Pipelines page.
 *
 * @public
 */
export const rootRouteRef = createRouteRef();
