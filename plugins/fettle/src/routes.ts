import { createRouteRef } from '@backstage/frontend-plugin-api';

/**
 * The Fleet page.
 *
 * @public
 */
export const rootRouteRef = createRouteRef();
