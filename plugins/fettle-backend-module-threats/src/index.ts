/**
 * Fettle tells what was changed about a repository that nobody may have wanted.
 *
 * @packageDocumentation
 */
export { fettleModuleThreats, fettleModuleThreats as default } from './module';
