import type { AskOptions } from './PipelineSource';
import type { RepositoryLocation } from './RepositorySource';
import type { FindingReport, ScanProblem } from './Scanner';
import type { SourceError } from './SourceError';

/**
 * What one tool of a host says of a repository.
 *
 * @public
 */
export type AlertReading = {
  /** What people call it, for example `Dependabot`; who sees the findings. */
  tool: string;
} & (
  | {
      /** All that are open: what is not among them any more is fixed. */
      findings: readonly FindingReport[];
      /**
       * Keys of alerts that a person closed on the host while the problem is
       * there still: they open nothing, and what is known of them is not fixed.
       */
      closed?: readonly string[];
      /** What was left out, and why. */
      problems?: readonly ScanProblem[];
    }
  | {
      /** Why it could not be read: what was seen before stays. */
      failed: SourceError;
    }
);

/**
 * Reads the alerts that a host itself raises about a repository. A host that
 * has them is another capability of its module.
 *
 * @public
 */
export interface AlertSource {
  /** Unique among alert sources, lower case with dashes. */
  readonly id: string;

  /** Whether it is to be asked about the repository. */
  covers(location: RepositoryLocation): boolean;

  /**
   * One reading for each tool; a tool that is switched off for the repository
   * is left out, which changes nothing.
   */
  listAlerts(
    location: RepositoryLocation,
    options: AskOptions,
  ): Promise<AlertReading[]>;
}
