/**
 * The built-in checks of Fettle: ten of them, over ten facts.
 *
 * @packageDocumentation
 */
export { fettleModuleChecks as default } from './module';
