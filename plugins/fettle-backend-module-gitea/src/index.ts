/**
 * Fettle reads repositories of Gitea and Forgejo hosts and follows their actions.
 *
 * @packageDocumentation
 */
export { fettleModuleGitea, fettleModuleGitea as default } from './module';
