/**
 * Fettle finds dangerous settings of workflows and container images.
 *
 * @packageDocumentation
 */
export {
  fettleModuleMisconfigurations,
  fettleModuleMisconfigurations as default,
} from './module';
