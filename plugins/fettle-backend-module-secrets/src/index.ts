/**
 * Fettle finds secrets in the files of repositories.
 *
 * @packageDocumentation
 */
export { fettleModuleSecrets, fettleModuleSecrets as default } from './module';
