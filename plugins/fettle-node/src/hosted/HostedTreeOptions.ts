import type { HostedEntry } from './HostedEntry';

/**
 * What a `HostedTree` is made of, and how it asks its host.
 *
 * @public
 */
export interface HostedTreeOptions {
  /** The address of the repository, for messages. */
  remote: string;
  commit: string;
  /** All files of the commit, sorted by path. */
  entries: readonly HostedEntry[];
  /** Ends every question to the host. */
  signal: AbortSignal;
  /**
   * Contents by object id, asked for with their sizes; null for what is binary
   * and was not sent. Throws a `SourceError` where one cannot be had.
   */
  readBlobs(
    wanted: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<string, Buffer | null>>;
  /** The commit's archive: a gzipped tar with all files in one folder. */
  openArchive(): Promise<AsyncIterable<Uint8Array>>;
}
