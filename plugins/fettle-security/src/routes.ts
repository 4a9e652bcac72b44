import { createRouteRef } from '@backstage/frontend-plugin-api';

/**
 * The Security page.
 *
 * @public
 */
export const rootRouteRef = createRouteRef();
