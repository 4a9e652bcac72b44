/**
 * The Pipelines tab, the Pipelines page and the Sources page.
 *
 * @packageDocumentation
 */
export { fettlePipelinesPlugin as default } from './plugin';
export { isPipelinesAvailable } from './isPipelinesAvailable';
export { rootRouteRef } from './routes';
export { fettlePipelinesTranslationRef } from './translation';
