/**
 * The built-in steps of Fettle's playbooks.
 *
 * @packageDocumentation
 */
export { fettleModulePlaybooks as default } from './module';
