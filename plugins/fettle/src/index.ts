/**
 * The Fleet page and the Health tab.
 *
 * @packageDocumentation
 */
export { fettlePlugin as default } from './plugin';
export { isFettleAvailable } from './isFettleAvailable';
export { rootRouteRef } from './routes';
export { fettleTranslationRef } from './translation';
