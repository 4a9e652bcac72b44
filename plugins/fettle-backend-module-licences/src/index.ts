/**
 * Fettle holds licences of packages against lists of what is allowed and what is not.
 *
 * @packageDocumentation
 */
export {
  fettleModuleLicences,
  fettleModuleLicences as default,
} from './module';
