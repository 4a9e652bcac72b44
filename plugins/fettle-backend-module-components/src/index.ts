/**
 * Fettle reads which components repositories are made of.
 *
 * @packageDocumentation
 */
export {
  fettleModuleComponents,
  fettleModuleComponents as default,
} from './module';
