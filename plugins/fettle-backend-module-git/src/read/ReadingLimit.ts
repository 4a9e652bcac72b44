import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import limit from 'p-limit';

/**
 * How much is read at once. Folders and remotes wait in separate lines, so
 * that a push to a folder is never behind a slow host; and within a host's
 * own line first, so that one slow host does not hold up the others.
 */
export class ReadingLimit {
  private readonly folders;
  private readonly remotes;
  private readonly running = new Set<Promise<unknown>>();
  private readonly hosts = new Map<string, ReturnType<typeof limit>>();

  constructor(
    private readonly options: { concurrency: number; hostConcurrency: number },
  ) {
    this.folders = limit(options.concurrency);
    this.remotes = limit(options.concurrency);
  }

  async run<T>(
    location: RepositoryLocation,
    task: () => Promise<T>,
  ): Promise<T> {
    const run = this.inLine(location, task);
    this.running.add(run);
    try {
      return await run;
    } finally {
      this.running.delete(run);
    }
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private async inLine<T>(
    location: RepositoryLocation,
    task: () => Promise<T>,
  ): Promise<T> {
    if (location.remote.startsWith('file:')) return this.folders(task);
    let host = this.hosts.get(location.host);
    if (!host) {
      host = limit(this.options.hostConcurrency);
      this.hosts.set(location.host, host);
    }
    return host(() => this.remotes(task));
  }
}
