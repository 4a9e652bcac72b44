import type {
  FleetPipelines,
  RepositoryPipelines,
} from 'backstage-plugin-fettle-common';

import type { PipelineReading } from 'backstage-plugin-fettle-node';
import type { Visibility } from '../FettleStore';

/** What runs and deployments come to: overviews and numbers. */
export interface PipelineStore {
  /** Undefined where there is no such repository. */
  repository(options: {
    repositoryId: string;
    subpath: string;
    days: number;
    now: Date;
  }): Promise<RepositoryPipelines | undefined>;

  /** What collectors of facts see of it. */
  readings(repositoryId: string, now: Date): Promise<PipelineReading[]>;

  /** Over everything that the reader may see, or over one owner's part of it. */
  fleet(options: {
    days: number;
    owner?: string;
    visibility: Visibility;
    now: Date;
  }): Promise<FleetPipelines>;

  /**
   * Median duration in ms of the last 20 runs of each pipeline that succeeded;
   * a pipeline with fewer than three is left out.
   */
  usualMs(
    repositoryId: string,
    pipelineIds: readonly string[],
  ): Promise<Map<string, number>>;

  /** Deletes numbers of days before the given time. */
  prune(olderThan: Date): Promise<void>;
}
