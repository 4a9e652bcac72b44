/**
 * The Fleet page, the Automation page and the Health tab.
 *
 * @packageDocumentation
 */
export { fettlePlugin as default } from './plugin';
export { isFettleAvailable } from './isFettleAvailable';
export { automationRouteRef, rootRouteRef } from './routes';
export { fettleTranslationRef } from './translation';
