/**
 * Fettle follows the workflow runs of GitHub hosts.
 *
 * @packageDocumentation
 */
export { fettleModuleGithub as default } from './module';
