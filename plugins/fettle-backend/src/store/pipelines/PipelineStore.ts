/** What runs and deployments come to: overviews and numbers. */
export interface PipelineStore {
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
