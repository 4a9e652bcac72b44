/**
 * Fettle matches components against advisories in the OSV format.
 *
 * @packageDocumentation
 */
export {
  fettleModuleVulnerabilities,
  fettleModuleVulnerabilities as default,
} from './module';
