import type { Obstacle } from '../contracts/ChangeProposer';
import type { HostIssue, IssueTracker } from '../contracts/IssueTracker';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import type { MemoryRepositorySource } from './MemoryRepositorySource';

/**
 * An issue of a {@link MemoryIssueTracker}.
 *
 * @public
 */
export interface MemoryIssue extends HostIssue {
  marker: string;
  body: string;
  labels: readonly string[];
  comments: string[];
}

/**
 * Issues of the repositories of a {@link MemoryRepositorySource}.
 *
 * @public
 */
export class MemoryIssueTracker implements IssueTracker {
  readonly id: string;
  /** What `check` finds. */
  obstacles: Obstacle[] = [];
  readonly #issues = new Map<string, MemoryIssue[]>();

  constructor(
    private readonly source: MemoryRepositorySource,
    options: { id?: string } = {},
  ) {
    this.id = options.id ?? 'memory';
  }

  covers(location: RepositoryLocation): boolean {
    return this.source.reads(location);
  }

  hostOf({ host }: RepositoryLocation): string {
    return host;
  }

  async check(): Promise<Obstacle[]> {
    return this.obstacles;
  }

  async find(
    location: RepositoryLocation,
    marker: string,
    { signal }: { signal: AbortSignal },
  ): Promise<HostIssue | undefined> {
    const found = this.#find(location, marker, signal);
    return found && toIssue(found);
  }

  async open(
    location: RepositoryLocation,
    issue: {
      marker: string;
      title: string;
      body: string;
      labels?: readonly string[];
    },
    { signal }: { signal: AbortSignal },
  ): Promise<HostIssue> {
    const { marker, title, body, labels = [] } = issue;
    let found = this.#find(location, marker, signal);
    if (found?.state !== 'open') {
      const all = this.issues(location);
      const id = String(all.length + 1);
      const url = `${location.remote}/issues/${id}`;
      found = {
        id,
        url,
        marker,
        title,
        body,
        labels,
        comments: [],
        state: 'open',
      };
      this.#issues.set(location.remote, [...all, found]);
    }
    Object.assign(found, { title, body, labels });
    return toIssue(found);
  }

  async close(
    location: RepositoryLocation,
    { marker, comment }: { marker: string; comment: string },
    { signal }: { signal: AbortSignal },
  ): Promise<HostIssue | undefined> {
    const found = this.#find(location, marker, signal);
    if (found?.state === 'open') {
      found.comments.push(comment);
      found.state = 'closed';
    }
    return found && toIssue(found);
  }

  /** All of a repository, oldest first. */
  issues({ remote }: RepositoryLocation): readonly MemoryIssue[] {
    return this.#issues.get(remote) ?? [];
  }

  #find(
    location: RepositoryLocation,
    marker: string,
    signal: AbortSignal,
  ): MemoryIssue | undefined {
    this.source.open(location, signal);
    return this.issues(location).findLast(issue => issue.marker === marker);
  }
}

function toIssue({ id, url, state, title }: MemoryIssue): HostIssue {
  return { id, url, state, title };
}
