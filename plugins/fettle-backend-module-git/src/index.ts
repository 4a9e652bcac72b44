/**
 * Fettle reads any Git remote or folder with system git.
 *
 * @packageDocumentation
 */
export { fettleModuleGit as default } from './module';
