/**
 * Fettle follows any CI that speaks CDEvents.
 *
 * @packageDocumentation
 */
export {
  fettleModuleCdevents,
  fettleModuleCdevents as default,
} from './module';
