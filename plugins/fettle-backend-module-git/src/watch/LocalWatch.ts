import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { GitFolders } from '../locate/LocalFolders';
import { RefsWatcher } from './RefsWatcher';
import { messageOf } from '../errors';

/** Watches a changing list of repositories on this server. */
export class LocalWatch {
  private readonly watchers = new Map<string, RefsWatcher>();
  private fellBack = false;

  constructor(
    private readonly logger: LoggerService,
    private readonly find: (
      location: RepositoryLocation,
    ) => GitFolders | undefined,
  ) {}

  async set(
    locations: readonly RepositoryLocation[],
    onChange: (location: RepositoryLocation) => void,
  ): Promise<void> {
    const wanted = new Map(locations.map(each => [each.remote, each]));
    for (const [remote, watcher] of this.watchers) {
      if (wanted.has(remote)) continue;
      watcher.close();
      this.watchers.delete(remote);
    }
    await Promise.all(
      [...wanted.values()].map(async location => {
        if (this.watchers.has(location.remote)) return;
        const folders = this.find(location);
        // Not there (yet): the schedule tells when it is, and calls again.
        if (!folders) return;
        const watcher = new RefsWatcher(
          folders,
          () => onChange(location),
          error => this.warnOnce(error),
        );
        this.watchers.set(location.remote, watcher);
        await watcher.start();
        // What was pushed before, perhaps while the portal was down, was told to nobody.
        onChange(location);
      }),
    );
  }

  close() {
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private warnOnce(error: unknown) {
    if (this.fellBack) return;
    this.fellBack = true;
    this.logger.warn(
      `Not every repository can be watched (${messageOf(
        error,
      )}); such ones are looked at each second. On Linux, raise fs.inotify.max_user_watches.`,
    );
  }
}
