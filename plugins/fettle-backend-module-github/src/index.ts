/**
 * Fettle reads repositories of GitHub hosts and follows their workflow runs.
 *
 * @packageDocumentation
 */
export { fettleModuleGithub as default } from './module';
