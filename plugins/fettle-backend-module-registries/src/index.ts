/**
 * Fettle asks package registries which versions there are.
 *
 * @packageDocumentation
 */
export {
  fettleModuleRegistries,
  fettleModuleRegistries as default,
} from './module';
