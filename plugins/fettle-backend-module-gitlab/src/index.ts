/**
 * Fettle reads repositories of GitLab hosts and follows their pipelines.
 *
 * @packageDocumentation
 */
export { fettleModuleGitlab, fettleModuleGitlab as default } from './module';
