import type {
  RepositoryLocation,
  RepositorySource,
} from '../contracts/RepositorySource';
import type { ScriptedRepository } from './ScriptedRepository';

/**
 * What a test of a source must be able to do with it.
 *
 * @public
 */
export interface RepositorySourceHarness {
  source: RepositorySource;
  /** What the source takes for the present, for ages of commits. */
  now: Date;
  /** Makes an empty repository that the source discovers; `name` is for example `payments/ledger`. */
  create(name: string): Promise<ScriptedRepository>;
  /** The annotations of an entity in a folder of the repository. */
  annotate(
    location: RepositoryLocation,
    subpath: string,
  ): Record<string, string>;
  /** Annotations that name a repository wrongly. */
  brokenAnnotations: Record<string, string>;
  dispose(): Promise<void>;
}
