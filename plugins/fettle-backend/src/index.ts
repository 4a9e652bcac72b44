/**
 * The backend plugin of Fettle.
 *
 * @packageDocumentation
 */
export { fettlePlugin as default } from './plugin';
