/**
 * The Security tab and the Security page.
 *
 * @packageDocumentation
 */
export { fettleSecurityPlugin as default } from './plugin';
export { isSecurityAvailable } from './isSecurityAvailable';
export { rootRouteRef } from './routes';
export { fettleSecurityTranslationRef } from './translation';
