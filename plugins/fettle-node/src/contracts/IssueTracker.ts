import type { Obstacle } from './ChangeProposer';
import type { RepositoryLocation } from './RepositorySource';

/**
 * An issue on the host.
 *
 * @public
 */
export interface HostIssue {
  /** As the host calls it. */
  id: string;
  url?: string;
  state: 'open' | 'closed';
  title: string;
}

/**
 * Opens, updates and closes issues on a host. An issue is found again by its
 * marker, so that each method can be called again.
 *
 * @public
 */
export interface IssueTracker {
  /** Unique among trackers, lower case with dashes. */
  readonly id: string;
  covers(location: RepositoryLocation): boolean;
  hostOf(location: RepositoryLocation): string;

  /** Looks, without touching anything, whether an issue could be opened. */
  check(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<Obstacle[]>;

  /** The newest with this marker, whatever its state. */
  find(
    location: RepositoryLocation,
    marker: string,
    options: { signal: AbortSignal },
  ): Promise<HostIssue | undefined>;

  /** Opens it, or brings the open one with this marker to this title and body. */
  open(
    location: RepositoryLocation,
    issue: {
      marker: string;
      title: string;
      /** Markdown. */
      body: string;
      labels?: readonly string[];
    },
    options: { signal: AbortSignal },
  ): Promise<HostIssue>;

  /** Closes it with a last word; one that is closed stays as it is. */
  close(
    location: RepositoryLocation,
    issue: { marker: string; comment: string },
    options: { signal: AbortSignal },
  ): Promise<HostIssue | undefined>;
}
